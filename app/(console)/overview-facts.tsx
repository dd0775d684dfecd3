/** The right column of the overview: runs, seats, and everybody by state. */

import { Badge, StateBadge } from '#components/people/badge.tsx';
import { runStatus, STATE_ORDER } from '#components/people/state-labels.ts';
import progress from '#components/runs/progress.module.css';
import { RunProgress } from '#components/runs/run-progress.tsx';
import { countText, numberText } from '#components/text/count-text.ts';
import { Facts } from '#components/ui/facts.tsx';
import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { PersonState } from '#lib/domain/states.ts';
import type { Overview, Seats } from '#lib/services/overview/overview.ts';
import styles from './overview.module.css';

function LastRun({ run }: { run: NonNullable<Overview['lastRun']> }) {
  const words = runStatus(useWords('states'), run);
  return (
    <>
      <Link href={`/runs/${run.id}`}>
        <Time at={run.finishedAt ?? run.startedAt ?? 0} />
      </Link>{' '}
      <Badge tone={words.tone}>{words.label}</Badge>
      <p className={stack.minor}>{countText(run.peopleDone, 'person', 'people')} checked</p>
    </>
  );
}

export function Runs({
  overview: { openRun, lastRun: last, nextRunAt, lastBackupAt, firstSteps },
}: {
  overview: Overview;
}) {
  return (
    <Panel title="Runs">
      {openRun && (
        <div className={styles.openRun}>
          <RunProgress id={openRun.id} status={openRun.status} done={openRun.peopleDone} due={openRun.peopleDue} />
          <Link href={`/runs/${openRun.id}`}>Watch this run</Link>
        </div>
      )}
      <Facts
        facts={[
          ['Last', last ? <LastRun key="last" run={last} /> : 'none yet'],
          // Else it stands on top of the page.
          ['Next', firstSteps && nextRunAt !== null ? <Time key="next" at={nextRunAt} isPlan /> : null],
          ['Backup', lastBackupAt === null ? 'none yet' : <Time key="backup" at={lastBackupAt} />],
        ]}
      />
    </Panel>
  );
}

export function SeatsLeft({ seats }: { seats: Seats[] }) {
  const [first] = seats;
  return (
    <Panel
      title="Seats left"
      aside={
        first && (
          <span className="muted">
            seen <Time at={Math.min(...seats.map(({ seenAt }) => seenAt))} />
          </span>
        )
      }
    >
      {seats.length === 0 ? (
        <p className="muted">The first run asks Microsoft 365 for them.</p>
      ) : (
        <ul className={styles.seats}>
          {seats.map((sku) => (
            <li key={sku.skuPartNumber}>
              <span>
                {sku.name} <span className={stack.minor}>{sku.skuPartNumber}</span>
              </span>
              <strong className={sku.left === 0 ? styles.none : undefined}>
                {sku.left === 0 ? 'none' : numberText(sku.left)}
              </strong>
              <meter
                className={sku.left === 0 ? progress.usedUp : progress.bar}
                aria-label={`${sku.name}: seats used`}
                min={0}
                max={Math.max(sku.enabled, 1)}
                value={sku.consumed}
                title={`${sku.consumed} of ${sku.enabled} used`}
              />
              <span className={stack.minor}>
                {numberText(sku.consumed)} of {numberText(sku.enabled)} used, {numberText(sku.free)} free
                {sku.promised > 0 && `, ${numberText(sku.promised)} promised to people here`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

export function EveryState({ byState, everybody }: { byState: Record<PersonState, number>; everybody: number }) {
  const present = STATE_ORDER.filter((state) => byState[state] > 0);
  return (
    <Panel title="Everybody" aside={<Link href="/people">{countText(everybody, 'person', 'people')}</Link>}>
      {everybody === 0 ? (
        <p className="muted">Nobody yet. Drop a CSV into the drop folder, or upload one under Files.</p>
      ) : (
        <ul className={styles.states}>
          {present.map((state) => (
            <li key={state}>
              <Link href={`/people?state=${state}`}>
                <StateBadge state={state} />
              </Link>
              <span className="number">{numberText(byState[state])}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
