import { Badge } from '#components/people/badge.tsx';
import { RunLink } from '#components/runs/run-link.tsx';
import { strong } from '#components/text/strong.tsx';
import { type Fact, Facts } from '#components/ui/facts.tsx';
import { Link } from '#components/ui/link.tsx';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { ApprovalGroup } from '#lib/services/approvals/approvals.ts';
import styles from './approvals.module.css';

/** Files and plans named; the others are counted. */
const NAMED = 5;

function More({ n }: { n: number }) {
  const say = useWords('approvalGroups');
  return n > 0 && <li className="muted">{say('more', { n })}</li>;
}

function Files({ files }: { files: ApprovalGroup['files'] }) {
  const say = useWords('approvalGroups');
  if (files.length === 0) return say('noFile');
  return (
    <ul className={styles.lines}>
      {files.slice(0, NAMED).map(({ id, name, people }) => (
        <li key={id}>
          <Link href={`/files/${id}`}>{name}</Link> <span className="muted number">{say('figure', { n: people })}</span>
        </li>
      ))}
      <More n={files.length - NAMED} />
    </ul>
  );
}

function Plans({ plans }: { plans: ApprovalGroup['plans'] }) {
  const say = useWords('approvalGroups');
  return (
    <ul className={styles.lines}>
      {plans.slice(0, NAMED).map(({ text, people }) => (
        <li key={text}>{say.parts('plan', { n: people, plan: text, strong })}</li>
      ))}
      <More n={plans.length - NAMED} />
    </ul>
  );
}

function Seats({ seats }: { seats: ApprovalGroup['seats'] }) {
  const say = useWords('approvalGroups');
  return (
    <ul className={styles.lines}>
      {seats.map(({ skuPartNumber, name, needed, neededByAll, free }) => (
        <li key={skuPartNumber}>
          <span className="number">{say('seatsOf', { licence: name, needed, free })}</span>{' '}
          {neededByAll > needed && <span className="muted number">{say('neededByAll', { n: neededByAll })} </span>}
          {needed > free && <Badge tone="warn">{say('shortBy', { n: needed - free })}</Badge>}
        </li>
      ))}
    </ul>
  );
}

function WhoMay({ group: { needSecondPerson, people }, whoMay }: { group: ApprovalGroup; whoMay: string }) {
  const say = useWords('approvalGroups');
  return (
    <span>
      {needSecondPerson > 0 && (
        <strong>{needSecondPerson === people ? say('own.all') : say('own.some', { n: needSecondPerson })} </strong>
      )}
      {whoMay}
    </span>
  );
}

function Since({ group: { oldestSince, runId, runNumber } }: { group: ApprovalGroup }) {
  const say = useWords('approvalGroups');
  const when = () => <Time at={oldestSince} />;
  if (runId === null) return when();
  return <span>{say.parts('sinceAndBy', { when, run: () => <RunLink id={runId} number={runNumber} /> })}</span>;
}

/** Why people are held, and what one needs to know to approve or reject. */
export function GroupFacts({ group, whoMay }: { group: ApprovalGroup; whoMay: string }) {
  const say = useWords('approvalGroups');
  const facts: Fact[] = [
    [
      say('why'),
      <span key="why" lang={group.lang}>
        {group.message ?? say('eachSays')}
      </span>,
    ],
    [say('whatToDo'), group.fix],
    [say('heldSince'), <Since key="since" group={group} />],
    [say('from'), <Files key="files" files={group.files} />],
    [say('wouldGet'), <Plans key="plans" plans={group.plans} />],
    [say('seats'), group.seats.length > 0 ? <Seats key="seats" seats={group.seats} /> : null],
    [say('whoMay'), <WhoMay key="who" group={group} whoMay={whoMay} />],
  ];
  return (
    <div className={styles.facts}>
      <Facts facts={facts} />
    </div>
  );
}
