/** What is known of a person: from the files, from the directory, from our own work. */

import { VisibleText } from '#components/text/visible-text.tsx';
import { type Fact, Facts } from '#components/ui/facts.tsx';
import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import type { PersonDetail, PersonSource } from '#lib/services/people/people.ts';
import styles from './person.module.css';

const when = (at: number | null) => at !== null && <Time at={at} />;

function mappingText({ mapping, employeeType }: PersonDetail): string {
  return mapping
    ? `${mapping.licences.join(', ')} (mapping ${mapping.employeeType}, version ${mapping.version})`
    : `none: EmployeeType ${employeeType} is not mapped`;
}

function locationText({ usageLocation, locationSetBy }: PersonDetail): string {
  if (usageLocation === null) return 'not in the file';
  return locationSetBy === null ? usageLocation : `${usageLocation}, set by ${locationSetBy}`;
}

export function About({ person }: { person: PersonDetail }) {
  const facts: Fact[] = [
    ['EmployeeType', person.employeeType ? <VisibleText key="type" text={person.employeeType} /> : 'not given'],
    ['Licence', mappingText(person)],
    ['Usage location', locationText(person)],
    ['Start date', person.startDate],
    ['First seen', when(person.firstSeenAt)],
    ['Synchronised', when(person.synchronisedAt) || 'not yet'],
    ['Licensed', when(person.licensedAt) || 'not by us'],
    ['Mailbox opened', when(person.mailboxReadyAt) || 'not yet'],
    ['Last check', when(person.lastCheckAt) || 'none yet'],
    ['Approved by', person.approvedBy],
    ['Closed by', person.closedBy],
    ['Assigned to', person.assignedTo],
  ];
  return (
    <Panel title="About">
      <Facts facts={facts} />
    </Panel>
  );
}

const NAMED = { accepted: '', duplicate: ' (named again)', rejected: ' (stayed out at first)' } as const;

export function Sources({ sources }: { sources: PersonSource[] }) {
  return (
    <Panel title="From the files">
      <ul className={styles.sources}>
        {sources.map((source) => (
          <li key={`${source.fileId} ${source.line}`}>
            <p>
              <Link href={`/files/${source.fileId}`}>{source.fileName}</Link>, line {source.line}
              {NAMED[source.verdict]} · <Time at={source.receivedAt} />
            </p>
            <pre className={stack.inset}>
              <VisibleText text={source.raw} />
            </pre>
            <Extras source={source} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Extras({ source: { extras, changes, doubts } }: { source: PersonSource }) {
  const columns = Object.entries(extras);
  return (
    <>
      {columns.length > 0 && <Facts facts={columns.map(([column, value]): Fact => [column, value || 'empty'])} />}
      {doubts.map((doubt) => (
        <p key={doubt}>
          <strong>In doubt: </strong>
          {doubt}.
        </p>
      ))}
      {changes.map(({ column, from, to, what }) => (
        <p key={column} className="muted">
          {column}: {what} (“{from}” became “{to}”)
        </p>
      ))}
    </>
  );
}
