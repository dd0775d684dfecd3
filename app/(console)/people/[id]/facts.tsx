/** What is known of a person: from the files, from the directory, from our own work. */

import { strong } from '#components/text/strong.tsx';
import { dayText } from '#components/text/time-text.ts';
import { VisibleText } from '#components/text/visible-text.tsx';
import { type Fact, Facts } from '#components/ui/facts.tsx';
import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { Sentence } from '#components/words/sentence.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { PersonDetail, PersonSource } from '#lib/services/people/people.ts';
import { licensedText, locationText, mappingText } from './facts-text.ts';
import styles from './person.module.css';

const when = (at: number | null) => at !== null && <Time at={at} />;

export function About({ person }: { person: PersonDetail }) {
  const say = useWords('person');
  const sayTime = useWords('time');
  const facts: Fact[] = [
    [
      say('employeeType'),
      person.employeeType ? <VisibleText key="type" text={person.employeeType} /> : say('notGiven'),
    ],
    [say('licence'), mappingText(say, person)],
    [say('usageLocation'), locationText(say, person)],
    [say('startDate'), person.startDate && dayText(sayTime, person.startDate)],
    [say('firstSeen'), when(person.firstSeenAt)],
    [say('synchronised'), when(person.synchronisedAt) || say('notYet')],
    [say('licensed'), when(person.licensedAt) || licensedText(say, person)],
    [say('opened'), when(person.mailboxReadyAt) || say('notYet')],
    [say('lastCheck'), when(person.lastCheckAt) || say('noneYet')],
    [say('approvedBy'), person.approvedBy],
    [say('closedBy'), person.closedBy],
    [say('assignedTo'), person.assignedTo],
  ];
  return (
    <Panel title={say('facts')}>
      <Facts facts={facts} />
    </Panel>
  );
}

export function Sources({ sources }: { sources: PersonSource[] }) {
  const say = useWords('person');
  return (
    <Panel title={say('fromFiles')}>
      <ul className={styles.sources}>
        {sources.map((source) => (
          <li key={`${source.fileId} ${source.line}`}>
            <p>
              {say.parts(`source.${source.verdict}`, {
                name: source.fileName,
                line: source.line,
                file: (inside) => <Link href={`/files/${source.fileId}`}>{inside}</Link>,
                when: () => <Time at={source.receivedAt} />,
              })}
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
  const say = useWords('person');
  const columns = Object.entries(extras);
  return (
    <>
      {columns.length > 0 && <Facts facts={columns.map(([column, value]): Fact => [column, value || say('empty')])} />}
      {doubts.map((doubt) => (
        <p key={doubt.message}>{say.parts('inDoubt', { doubt: () => <Sentence {...doubt} />, strong })}</p>
      ))}
      {changes.map(({ column, from, to, what, lang }) => {
        const inItsLanguage = () => <span lang={lang}>{what}</span>;
        return (
          <p key={column} className="muted">
            {from === ''
              ? say.parts('addedValue', { column, what: inItsLanguage, to })
              : say.parts('becameValue', { column, what: inItsLanguage, from, to })}
          </p>
        );
      })}
    </>
  );
}
