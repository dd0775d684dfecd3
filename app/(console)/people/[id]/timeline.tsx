/** What happened to a person, newest first. */

import { StateMove } from '#components/people/state-move.tsx';
import { Who } from '#components/people/who.tsx';
import { strong } from '#components/text/strong.tsx';
import { Link } from '#components/ui/link.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { TimelineEntry } from '#lib/services/people/people.ts';
import styles from './person.module.css';

export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  const say = useWords('person');
  return (
    <ol className={styles.timeline}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <p className={styles.moment}>
            <Time at={entry.at} />
            <Who name={entry.actor} isOperator={entry.isOperator} address={entry.address} />
            {entry.runId && <Link href={`/runs/${entry.runId}`}>{say('run')}</Link>}
          </p>
          {entry.title && <h3>{entry.title}</h3>}
          <p>{entry.message}</p>
          <StateMove from={entry.fromState} to={entry.toState} />
          {entry.written.length > 0 && (
            <ul className={stack.inset}>
              {entry.written.map(({ what, from, to, why }) => (
                <li key={`${what} ${to}`}>
                  {from
                    ? say.parts('changedFrom', { what, from, to, why, strong })
                    : say.parts('changed', { what, to, why, strong })}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}
