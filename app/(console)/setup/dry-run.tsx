import { KeepFresh } from '#components/live/keep-fresh.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Link } from '#components/ui/link.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { RunDetail } from '#lib/services/runs/runs.ts';
import { StartDryRun } from './start-dry-run.tsx';

const isEnded = ({ status }: RunDetail) => status !== 'queued' && status !== 'running';

function Result({ run }: { run: RunDetail }) {
  const [say, sayRun, sayCure] = [useWords('setup'), useWords('run'), useWords('cures')];
  if (!isEnded(run))
    return (
      <p role="status">
        <KeepFresh since={run.requestedAt} />
        {run.status === 'queued' ? say('dryRunStarts') : say('checking', { n: run.peopleDue })}
      </p>
    );
  const people = Object.values(run.counts).reduce((sum, count) => sum + count, 0);
  return (
    <>
      <p role="status">
        <strong>
          {run.status === 'completed' ? say('dryRunDone', { n: people }) : (run.message ?? say('notFinished'))}
        </strong>
      </p>
      {run.dry && run.dry.groups.length > 0 && (
        <Facts
          facts={run.dry.groups.map(({ title, licences, n }) => [
            licences.length > 0 ? say('wouldGet', { licences: licences.join(sayRun('and')) }) : title,
            sayCure('people', { n }),
          ])}
        />
      )}
      {run.status === 'completed' && people === 0 && <p className="muted">{say('noPeople')}</p>}
      <p>
        <Link href={`/runs/${run.id}`}>{say('seeEach')}</Link>
      </p>
    </>
  );
}

/** The last step: what a cycle would do now. */
export function DryRun({ run, whyNot }: { run: RunDetail | null; whyNot: string | null }) {
  const say = useWords('setup');
  return (
    <div className={stack.stack}>
      {run && <Result run={run} />}
      <StartDryRun label={say(run ? 'again' : 'start')} whyNot={whyNot} isUnderWay={run !== null && !isEnded(run)} />
    </div>
  );
}
