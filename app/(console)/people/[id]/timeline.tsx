/** What happened to a person, newest first; what was written and what Microsoft Graph answered lies folded below each step. */

import { StateBadge } from '#components/badge.tsx';
import { countText } from '#components/count-text.ts';
import { Link } from '#components/link.tsx';
import { Time } from '#components/time.tsx';
import { durationText, utcText } from '#components/time-text.ts';
import type { Call, TimelineEntry } from '#lib/services/people.ts';
import styles from './person.module.css';

const ACTORS: Record<string, string> = { engine: 'AutoProvision', idm: 'the drop folder' };

export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  return (
    <ol className={styles.timeline}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <p className={styles.moment}>
            <Time at={entry.at} />
            <span>{ACTORS[entry.actor] ?? entry.actor}</span>
            {entry.runId && <Link href={`/runs/${entry.runId}`}>run</Link>}
          </p>
          {entry.title && <h3>{entry.title}</h3>}
          <p>{entry.message}</p>
          {entry.toState && entry.fromState !== entry.toState && (
            <p className={styles.move}>
              {entry.fromState && (
                <>
                  <StateBadge state={entry.fromState} />
                  <span aria-hidden="true">→</span>
                  <span className="unseen">became</span>
                </>
              )}
              <StateBadge state={entry.toState} />
            </p>
          )}
          {entry.written.length > 0 && (
            <ul className={styles.written}>
              {entry.written.map(({ what, from, to, why }) => (
                <li key={`${what} ${to}`}>
                  Changed {what}
                  {from ? ` from ${from}` : ''} to <strong>{to}</strong> ({why})
                </li>
              ))}
            </ul>
          )}
          {entry.calls.length > 0 && <Calls calls={entry.calls} durationMs={entry.durationMs} />}
        </li>
      ))}
    </ol>
  );
}

function Calls({ calls, durationMs }: { calls: Call[]; durationMs: number | null }) {
  return (
    <details className={styles.calls}>
      <summary>
        {countText(calls.length, 'call', 'calls')} to Microsoft Graph
        {durationMs !== null && `, ${durationText(durationMs)}`}
      </summary>
      <ul>
        {calls.map((call) => (
          <li key={`${call.at} ${call.clientRequestId} ${call.call} ${call.status}`}>
            <code>
              {call.call} → {call.status ?? 'no answer'}
              {call.code && ` ${call.code}`}
            </code>
            <span className="muted">
              {call.at !== null && utcText(call.at)}
              {call.durationMs !== null && `, ${durationText(call.durationMs)}`}
            </span>
            {call.requestId && (
              <span className="muted">
                request-id <code>{call.requestId}</code>
              </span>
            )}
            {call.clientRequestId && (
              <span className="muted">
                client-request-id <code>{call.clientRequestId}</code>
              </span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
