import type { ReactNode } from 'react';
import styles from './panel.module.css';

/** A titled part of a page. */
export function Panel({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.panel} aria-label={title}>
      <div className={styles.head}>
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** A calm sentence in place of an empty list: what that means, and what comes next. */
export function Nothing({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.nothing}>
      <p>
        <strong>{title}</strong>
      </p>
      {children}
    </div>
  );
}
