import { Badge } from '#components/people/badge.tsx';
import { RunLink } from '#components/runs/run-link.tsx';
import { countText, numberText } from '#components/text/count-text.ts';
import { type Fact, Facts } from '#components/ui/facts.tsx';
import { Link } from '#components/ui/link.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ApprovalGroup } from '#lib/services/approvals/approvals.ts';
import styles from './approvals.module.css';

/** Files and plans named; the others are counted. */
const NAMED = 5;

function More({ n }: { n: number }) {
  return n > 0 && <li className="muted">and {numberText(n)} more</li>;
}

function Files({ files }: { files: ApprovalGroup['files'] }) {
  if (files.length === 0) return 'No file names them.';
  return (
    <ul className={styles.lines}>
      {files.slice(0, NAMED).map(({ id, name, people }) => (
        <li key={id}>
          <Link href={`/files/${id}`}>{name}</Link> <span className="muted number">{numberText(people)}</span>
        </li>
      ))}
      <More n={files.length - NAMED} />
    </ul>
  );
}

function Plans({ plans }: { plans: ApprovalGroup['plans'] }) {
  return (
    <ul className={styles.lines}>
      {plans.slice(0, NAMED).map(({ text, people }) => (
        <li key={text}>
          <strong className="number">{numberText(people)} ×</strong> {text}
        </li>
      ))}
      <More n={plans.length - NAMED} />
    </ul>
  );
}

function Seats({ seats }: { seats: ApprovalGroup['seats'] }) {
  return (
    <ul className={styles.lines}>
      {seats.map(({ skuPartNumber, name, needed, neededByAll, free }) => (
        <li key={skuPartNumber}>
          <span className="number">
            {name}: {countText(needed, 'seat', 'seats')} needed, {numberText(free)} free
          </span>
          {neededByAll > needed && (
            <span className="muted number"> ({numberText(neededByAll)} needed by everybody held)</span>
          )}{' '}
          {needed > free && <Badge tone="warn">{`Short by ${numberText(needed - free)}`}</Badge>}
        </li>
      ))}
    </ul>
  );
}

function secondPerson({ needSecondPerson, people }: ApprovalGroup): string | null {
  if (needSecondPerson === 0) return null;
  const names = needSecondPerson === people ? 'them' : `${numberText(needSecondPerson)} of them`;
  return `You brought, changed or mapped ${names}: a second person has to approve.`;
}

/** Why people are held, and what one needs to know to approve or reject. */
export function GroupFacts({ group, whoMay }: { group: ApprovalGroup; whoMay: string }) {
  const own = secondPerson(group);
  const facts: Fact[] = [
    ['Why', group.message ?? 'Each person says why.'],
    ['What to do', group.fix],
    ['People', <span key="people">{numberText(group.people)}</span>],
    [
      'Held since',
      <span key="since">
        <Time at={group.oldestSince} />
        {group.runId !== null && (
          <>
            , by <RunLink id={group.runId} number={group.runNumber} />
          </>
        )}
      </span>,
    ],
    ['From', <Files key="files" files={group.files} />],
    ['They would get', <Plans key="plans" plans={group.plans} />],
    ['Seats', group.seats.length > 0 ? <Seats key="seats" seats={group.seats} /> : null],
    [
      'Who may release',
      <span key="who">
        {own && <strong>{own} </strong>}
        {whoMay}
      </span>,
    ],
  ];
  return (
    <div className={styles.facts}>
      <Facts facts={facts} />
    </div>
  );
}
