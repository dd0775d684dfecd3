import type { ReactNode } from 'react';
import { STATE_WORDS } from '#components/state-words.ts';
import { Time } from '#components/time.tsx';
import type { PersonDetail } from '#lib/services/people.ts';
import styles from './person.module.css';

/** What a helpdesk says to the caller: where it stands, since when, and what comes next. `children`: what can be done. */
export function Answer({ person, children }: { person: PersonDetail; children: ReactNode }) {
  return (
    <section className={`${styles.answer} ${styles[STATE_WORDS[person.state].tone]}`} aria-label="Where it stands">
      <h2>{person.message}</h2>
      <p className="muted">
        Since <Time at={person.stateSince} />.{' '}
        {person.nextLookAt !== null && (
          <>
            Next look <Time at={person.nextLookAt} isPlan />.
          </>
        )}
      </p>
      {person.fix && (
        <p>
          <strong>What to do: </strong>
          {person.fix}
        </p>
      )}
      {children}
    </section>
  );
}
