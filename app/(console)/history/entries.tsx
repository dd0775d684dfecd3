import { StateBadge } from '#components/badge.tsx';
import { Link } from '#components/link.tsx';
import { Moment } from '#components/time.tsx';
import type { HistoryEntry } from '#lib/services/history.ts';
import styles from './history.module.css';

const MACHINES: Record<string, string> = { engine: 'AutoProvision', idm: 'The drop folder' };

/** Where one sees more of what the event is about. */
function Places({ entry: { person, file, runId, kind } }: { entry: HistoryEntry }) {
  const isMapping = kind.startsWith('mapping.');
  if (!person && !file && runId === null && !isMapping) return null;
  return (
    <p className={styles.places}>
      {person && (
        <span>
          <Link href={`/people/${person.id}`}>{person.displayName}</Link>{' '}
          <span className="muted">{person.userPrincipalName}</span>
        </span>
      )}
      {file && <Link href={`/files/${file.id}`}>{file.name}</Link>}
      {runId !== null && <Link href={`/runs/${runId}`}>Run</Link>}
      {isMapping && <Link href="/mappings">Mappings</Link>}
    </p>
  );
}

function Move({ entry: { fromState, toState } }: { entry: HistoryEntry }) {
  if (!toState || fromState === toState) return null;
  return (
    <p className={styles.move}>
      {fromState && (
        <>
          <StateBadge state={fromState} />
          <span aria-hidden="true">→</span>
          <span className="unseen">became</span>
        </>
      )}
      <StateBadge state={toState} />
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

/** What happened, newest first. */
export function Entries({ entries }: { entries: HistoryEntry[] }) {
  return (
    <ol className={styles.entries} aria-label="What happened">
      {entries.map((entry) => (
        <li key={entry.id}>
          <p className={styles.who}>
            <Moment at={entry.at} />
            <span>{entry.isOperator ? entry.actor : (MACHINES[entry.actor] ?? entry.actor)}</span>
          </p>
          <div className={styles.what}>
            <h2>{entry.title}</h2>
            <p className={styles.sentence}>{entry.message}</p>
            <Move entry={entry} />
            <Changes changes={entry.changes} />
            <Places entry={entry} />
          </div>
        </li>
      ))}
    </ol>
  );
}
