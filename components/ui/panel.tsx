import { CheckCircleIcon, InboxIcon, SearchIcon } from '@primer/octicons-react';
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

const NOTHING_ICONS = {
  /** Nothing has come yet. */
  yet: InboxIcon,
  /** There is something, but a search or a filter leaves none of it. */
  matches: SearchIcon,
  /** Nothing is left to do. */
  toDo: CheckCircleIcon,
};

interface NothingProps {
  /** Nothing yet, nothing that matches, or nothing to do. */
  what?: keyof typeof NOTHING_ICONS;
  title: string;
  /** Why there is nothing, or what would come here. */
  why: ReactNode;
  /** The one thing to do from here; null where it stands right beside it. */
  action: ReactNode;
  children?: ReactNode;
}

/** A calm sentence in place of an empty list: why it is empty, and what to do from here. */
export function Nothing({ what = 'yet', title, why, action, children }: NothingProps) {
  const Icon = NOTHING_ICONS[what];
  return (
    <div className={styles.nothing}>
      <Icon size={24} />
      <p>
        <strong>{title}</strong>
      </p>
      <p>{why}</p>
      {action && <p>{action}</p>}
      {children}
    </div>
  );
}
