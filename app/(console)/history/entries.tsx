import { StateMove } from '#components/people/state-move.tsx';
import { Who } from '#components/people/who.tsx';
import { countText, numberText } from '#components/text/count-text.ts';
import { VisibleText } from '#components/text/visible-text.tsx';
import { Link } from '#components/ui/link.tsx';
import { Moment } from '#components/ui/time.tsx';
import type { HistoryEntry } from '#lib/services/history/history.ts';
import { type EventGroup, groupEvents } from './grouped-events.ts';
import styles from './history.module.css';

/** People named at once; the others are behind a click. */
const NAMED = 3;

type Person = EventGroup['people'][number];

function Names({ people }: { people: Person[] }) {
  return people.map(({ id, displayName, userPrincipalName }) => (
    <li key={id}>
      <Link href={`/people/${id}`}>
        <VisibleText text={displayName} />
      </Link>{' '}
      <span className="muted">{userPrincipalName}</span>
    </li>
  ));
}

function People({ people }: { people: Person[] }) {
  if (people.length <= NAMED)
    return (
      <ul className={styles.people}>
        <Names people={people} />
      </ul>
    );
  return (
    <details className={styles.more}>
      <summary>
        {people
          .slice(0, NAMED)
          .map(({ displayName }) => displayName)
          .join(', ')}{' '}
        and {numberText(people.length - NAMED)} more
      </summary>
      <ul className={styles.people}>
        <Names people={people} />
      </ul>
    </details>
  );
}

/** A link to the subject of the event. */
function Places({ entry: { file, runId, kind } }: { entry: HistoryEntry }) {
  const isMapping = kind.startsWith('mapping.');
  if (!file && runId === null && !isMapping) return null;
  return (
    <p className={styles.places}>
      {file && <Link href={`/files/${file.id}`}>{file.name}</Link>}
      {runId !== null && <Link href={`/runs/${runId}`}>Run</Link>}
      {isMapping && <Link href="/mappings">Mappings</Link>}
    </p>
  );
}

function Changes({ changes }: Pick<HistoryEntry, 'changes'>) {
  if (changes.length === 0) return null;
  return (
    <dl className={styles.changes}>
      {changes.map(({ what, before, after }) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>
            <del>
              <span className="unseen">before: </span>
              {before}
            </del>
            <span aria-hidden="true">→</span>
            <ins>
              <span className="unseen">after: </span>
              {after}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What happened, newest first; what was done to many people at once is one entry. */
export function Entries({ entries }: { entries: HistoryEntry[] }) {
  return (
    <ol className={styles.entries} aria-label="What happened">
      {groupEvents(entries).map(({ entry, people }) => (
        <li key={entry.id}>
          <p className={styles.who}>
            <Moment at={entry.at} />
            <Who name={entry.actor} isOperator={entry.isOperator} address={entry.address} />
          </p>
          <div className={styles.what}>
            <div className={styles.head}>
              <h2>
                {entry.title}
                {people.length > 1 && `: ${countText(people.length, 'person', 'people')}`}
              </h2>
              <StateMove from={entry.fromState} to={entry.toState} />
            </div>
            <p className={styles.sentence}>{entry.message}</p>
            <Changes changes={entry.changes} />
            {people.length > 0 && <People people={people} />}
            <Places entry={entry} />
          </div>
        </li>
      ))}
    </ol>
  );
}
