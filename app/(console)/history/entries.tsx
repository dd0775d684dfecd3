import { StateMove } from '#components/people/state-move.tsx';
import { Who } from '#components/people/who.tsx';
import { RunLink } from '#components/runs/run-link.tsx';
import { VisibleText } from '#components/text/visible-text.tsx';
import { Changes } from '#components/ui/changes.tsx';
import { Link } from '#components/ui/link.tsx';
import { Moment } from '#components/ui/time.tsx';
import { eventWords } from '#components/words/event-words.ts';
import { useWords } from '#components/words/use-words.ts';
import type { HistoryEntry } from '#lib/services/history/deeds.ts';
import { kindText } from '#lib/services/history/history-labels.ts';
import type { HistoryDeed } from '#lib/services/history/read-deeds.ts';
import styles from './history.module.css';

/** People named at once; the others are on the page of the deed. */
const NAMED = 3;

function People({ id, people, count }: HistoryDeed) {
  const say = useWords('history');
  const named = people.slice(0, NAMED);
  return (
    <ul className={styles.people}>
      {named.map((person) => (
        <li key={person.id}>
          <Link href={`/people/${person.id}`}>
            <VisibleText text={person.displayName} />
          </Link>{' '}
          <span className="muted">{person.userPrincipalName}</span>
        </li>
      ))}
      {count > named.length && (
        <li>
          <Link href={`/history/${id}`}>{say('more', { n: count - named.length })}</Link>
        </li>
      )}
    </ul>
  );
}

/** A link to the subject of the event. */
export function Places({ entry: { file, runId, runNumber, kind } }: { entry: HistoryEntry }) {
  const sayPlace = useWords('navigation');
  const isMapping = kind.startsWith('mapping.');
  if (!file && runId === null && !isMapping) return null;
  return (
    <p className={styles.places}>
      {file && <Link href={`/files/${file.id}`}>{file.name}</Link>}
      {runId !== null && <RunLink id={runId} number={runNumber} />}
      {isMapping && <Link href="/mappings">{sayPlace('mappings')}</Link>}
    </p>
  );
}

/** What an entry tells, with what was changed. */
export async function Told({ entry }: { entry: HistoryEntry }) {
  const { text, lang, changes } = (await eventWords())(entry);
  return (
    <>
      <p className={styles.sentence} lang={lang}>
        <VisibleText text={text} />
      </p>
      <Changes changes={changes} />
    </>
  );
}

/** What happened, newest first. `timeZone`: the one in which its days are chosen. */
export function Entries({ entries, timeZone }: { entries: HistoryDeed[]; timeZone: string }) {
  const [say, sayKind] = [useWords('history'), useWords('eventKinds')];
  return (
    <ol className={styles.entries} aria-label={say('happened')}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <p className={styles.who}>
            <Moment at={entry.at} zone={timeZone} />
            <Who name={entry.actor} isOperator={entry.isOperator} address={entry.address} />
          </p>
          <div className={styles.what}>
            <div className={styles.head}>
              <h2>
                {entry.count > 1
                  ? say('deed', { title: kindText(sayKind, entry.kind), n: entry.count })
                  : kindText(sayKind, entry.kind)}
              </h2>
              <StateMove from={entry.fromState} to={entry.toState} />
            </div>
            <Told entry={entry} />
            {entry.count > 0 && <People {...entry} />}
            <Places entry={entry} />
          </div>
        </li>
      ))}
    </ol>
  );
}
