import { Badge } from '#components/people/badge.tsx';
import type { Tone } from '#components/people/state-labels.ts';
import { strong } from '#components/text/strong.tsx';
import { VisibleText } from '#components/text/visible-text.tsx';
import stack from '#components/ui/stack.module.css';
import { words } from '#components/words/words.ts';
import type { CheckResult, CheckStatus } from '#lib/services/settings/setup.ts';
import styles from './findings.module.css';

export const CHECK_TONES: Record<CheckStatus, Tone> = { ok: 'good', warning: 'warn', failed: 'bad', skipped: 'quiet' };

/** What tests have found, each with what to do about it. */
export async function Findings({ results }: { results: CheckResult[] }) {
  const [say, sayPerson] = [await words('setup'), await words('person')];
  return (
    <ul className={styles.findings}>
      {results.map((result) => (
        <li key={`${result.code} ${result.title}`} className={styles.finding}>
          <div className={styles.head}>
            <h3>{result.title}</h3>
            <Badge tone={CHECK_TONES[result.status]}>{say(`check.${result.status}`)}</Badge>
          </div>
          <p lang={result.lang}>
            <VisibleText text={result.message} />
          </p>
          {result.fix && <p className={stack.inset}>{sayPerson.parts('whatToDo', { fix: result.fix, strong })}</p>}
        </li>
      ))}
    </ul>
  );
}
