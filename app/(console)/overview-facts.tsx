/** The right column of the overview: runs, seats, and everybody by state. */

import { Badge, StateBadge } from '#components/people/badge.tsx';
import { runStatus, STATE_ORDER } from '#components/people/state-labels.ts';
import { CycleBar } from '#components/runs/cycle-bar.tsx';
import progress from '#components/runs/progress.module.css';
import { RunLink } from '#components/runs/run-link.tsx';
import { RunProgress } from '#components/runs/run-progress.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { PersonState } from '#lib/domain/states.ts';
import type { Overview, Seats } from '#lib/services/overview/overview.ts';
import styles from './overview.module.css';
import { toCycles } from './overview-cycles.ts';

function LastRun({ run }: { run: NonNullable<Overview['lastRun']> }) {
  const words = runStatus(useWords('states'), run);
  const say = useWords('overview');
  return (
    <>
      <RunLink id={run.id} number={run.number} /> <Time at={run.finishedAt ?? run.startedAt ?? 0} />{' '}
      <Badge tone={words.tone}>{words.label}</Badge>
      <p className={stack.minor}>{say('checked', { n: run.peopleDone })}</p>
    </>
  );
}

export function Runs({
  overview: { openRun, lastRun: last, cycles, nextRunAt, lastBackupAt, firstSteps },
}: {
  overview: Overview;
}) {
  const say = useWords('overview');
  const sayState = useWords('states');
  return (
    <Panel title={say('runs')}>
      {cycles.length > 0 && (
        <CycleBar label={say('cycles', { n: cycles.length })} cycles={toCycles(say, sayState, cycles)} />
      )}
      {openRun && (
        <div className={styles.openRun}>
          <RunProgress id={openRun.id} status={openRun.status} done={openRun.peopleDone} due={openRun.peopleDue} />
          <Link href={`/runs/${openRun.id}`}>{say('watch', { n: `${openRun.number}` })}</Link>
        </div>
      )}
      <Facts
        facts={[
          [say('last'), last ? <LastRun key="last" run={last} /> : say('noneYet')],
          // Else it stands on top of the page.
          [say('next'), firstSteps && nextRunAt !== null ? <Time key="next" at={nextRunAt} isPlan /> : null],
          [say('backup'), lastBackupAt === null ? say('noneYet') : <Time key="backup" at={lastBackupAt} />],
        ]}
      />
    </Panel>
  );
}

export function SeatsLeft({ seats }: { seats: Seats[] }) {
  const say = useWords('overview');
  const [first] = seats;
  return (
    <Panel
      title={say('seatsLeft')}
      aside={
        first && (
          <span className="muted">
            {say.parts('seen', { when: () => <Time at={Math.min(...seats.map(({ seenAt }) => seenAt))} /> })}
          </span>
        )
      }
    >
      {seats.length === 0 ? (
        <p className="muted">{say('firstRunAsks')}</p>
      ) : (
        <ul className={styles.seats}>
          {seats.map((sku) => (
            <li key={sku.skuPartNumber}>
              <span>
                {sku.name} <span className={stack.minor}>{sku.skuPartNumber}</span>
              </span>
              <strong>{sku.left === 0 ? say('none') : say('figure', { n: sku.left })}</strong>
              <meter
                className={sku.promised > sku.free ? progress.short : progress.bar}
                aria-label={say('seatsOf', { licence: sku.name })}
                min={0}
                max={Math.max(sku.enabled, 1)}
                value={sku.consumed}
                title={say('usedOf', { used: sku.consumed, all: sku.enabled })}
              />
              <span className={stack.minor}>
                {say(sku.promised > 0 ? 'usedAndPromised' : 'usedAndFree', {
                  used: sku.consumed,
                  all: sku.enabled,
                  free: sku.free,
                  promised: sku.promised,
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

export function EveryState({ byState, everybody }: { byState: Record<PersonState, number>; everybody: number }) {
  const say = useWords('overview');
  const present = STATE_ORDER.filter((state) => byState[state] > 0);
  return (
    <Panel title={say('everybody')} aside={<Link href="/people">{say('people', { n: everybody })}</Link>}>
      {everybody === 0 ? (
        <p className="muted">{say('nobodyYet')}</p>
      ) : (
        <ul className={styles.states}>
          {present.map((state) => (
            <li key={state}>
              <Link href={`/people?state=${state}`}>
                <StateBadge state={state} />
              </Link>
              <span className="number">{say('figure', { n: byState[state] })}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
