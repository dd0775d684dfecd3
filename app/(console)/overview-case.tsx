/** One case of the overview on one line, with what cures it; the rest opens below. */
import type { ReactNode } from 'react';
import { Time } from '#components/ui/time.tsx';
import styles from './overview.module.css';

interface Props {
  who: ReactNode;
  title: string;
  since: number;
  /** The operators who took it; empty: nobody. */
  onIt?: string;
  /** The one thing that mends it. */
  action: ReactNode;
  children: ReactNode;
}

export function CaseLine({ who, title, since, onIt = '', action, children }: Props) {
  return (
    <li className={styles.case}>
      <details>
        <summary>
          <span className={styles.who}>{who}</span> <strong className={styles.cause}>{title}</strong>{' '}
          <span className={styles.age}>
            <Time at={since} />
            {onIt && `, ${onIt}`}
          </span>
        </summary>
        <div className={styles.rest}>{children}</div>
      </details>
      {action}
    </li>
  );
}
