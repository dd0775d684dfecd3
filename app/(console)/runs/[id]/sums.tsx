/** The sums of a run: what came in, and where everybody it looked at stands. */
import { Equation } from '#components/equation.tsx';
import { stateParts } from '#components/state-parts.ts';
import type { RunDetail } from '#lib/services/runs.ts';

export function Sums({ run: { equation, counts, dryRun } }: { run: RunDetail }) {
  const { files, rows, accepted, duplicates, rejected, peopleLookedAt } = equation;
  return (
    <>
      {files > 0 && (
        <Equation
          total={{ n: rows, word: `${rows === 1 ? 'row' : 'rows'} in ${files === 1 ? '1 file' : `${files} files`}` }}
          parts={[
            { n: accepted, word: 'accepted' },
            { n: duplicates, word: duplicates === 1 ? 'duplicate' : 'duplicates' },
            { n: rejected, word: 'rejected' },
          ]}
        />
      )}
      <Equation
        total={{
          n: peopleLookedAt,
          word: `${peopleLookedAt === 1 ? 'person' : 'people'} looked at${dryRun ? ', would be' : ''}`,
        }}
        parts={stateParts(counts)}
      />
    </>
  );
}
