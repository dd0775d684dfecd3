/** What happened to a person, newest first. */

import { StateMove } from '#components/people/state-move.tsx';
import { Who } from '#components/people/who.tsx';
import { RunLink } from '#components/runs/run-link.tsx';
import { strong } from '#components/text/strong.tsx';
import { VisibleText } from '#components/text/visible-text.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { EntryInWords } from './in-words.ts';
import styles from './person.module.css';

export function Timeline({
  entries,
  runNumbers,
}: {
  entries: EntryInWords[];
  runNumbers: ReadonlyMap<string, number>;
}) {
  const say = useWords('person');
  return (
    <ol className={styles.timeline}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <p className={styles.moment}>
            <Time at={entry.at} />
            <Who name={entry.actor} isOperator={entry.isOperator} address={entry.address} />
            {entry.runId && <RunLink id={entry.runId} number={runNumbers.get(entry.runId) ?? null} />}
          </p>
          {entry.title && <h3>{entry.title}</h3>}
          <p lang={entry.lang}>
            <VisibleText text={entry.message} />
          </p>
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
