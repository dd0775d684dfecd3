import { KeepFresh } from '#components/live/keep-fresh.tsx';
import { countText } from '#components/text/count-text.ts';
import { Facts } from '#components/ui/facts.tsx';
import { Link } from '#components/ui/link.tsx';
import stack from '#components/ui/stack.module.css';
import type { RunDetail } from '#lib/services/runs/runs.ts';
import { StartDryRun } from './start-dry-run.tsx';

const isEnded = ({ status }: RunDetail) => status !== 'queued' && status !== 'running';

function Result({ run }: { run: RunDetail }) {
  if (!isEnded(run))
    return (
      <p role="status">
        <KeepFresh since={run.requestedAt} />
        {run.status === 'queued'
          ? 'The dry run is about to start …'
          : `Checking ${countText(run.peopleDue, 'person', 'people')} …`}
      </p>
    );
  const people = Object.values(run.counts).reduce((sum, count) => sum + count, 0);
  return (
    <>
      <p role="status">
        <strong>
          {run.status === 'completed'
            ? `The dry run checked ${countText(people, 'person', 'people')}. Nothing was written.`
            : (run.message ?? 'The dry run did not finish.')}
        </strong>
      </p>
      {run.dry && run.dry.groups.length > 0 && (
        <Facts
          facts={run.dry.groups.map(({ title, licences, n }) => [
            licences.length > 0 ? `Would get ${licences.join(' and ')}` : title,
            countText(n, 'person', 'people'),
          ])}
        />
      )}
      {run.status === 'completed' && people === 0 && (
        <p className="muted">There are no people yet. Drop or upload a CSV file, then run it again.</p>
      )}
      <p>
        <Link href={`/runs/${run.id}`}>See the result for each person</Link>
      </p>
    </>
  );
}

/** The last step: what a cycle would do now. */
export function DryRun({ run, whyNot }: { run: RunDetail | null; whyNot: string | null }) {
  return (
    <div className={stack.stack}>
      {run && <Result run={run} />}
      <StartDryRun whyNot={whyNot} isUnderWay={run !== null && !isEnded(run)} isAgain={run !== null} />
    </div>
  );
}
