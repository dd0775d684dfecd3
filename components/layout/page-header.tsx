import type { ReactNode } from 'react';
import { Link } from '#components/ui/link.tsx';
import styles from './page-header.module.css';

/** The top of a page: where it lies, its name, and what can be done here. */
export function PageHeader(props: {
  title: string;
  /** The list that this page is an item of. */
  within?: { href: string; label: string };
  /** Stands under the title. */
  lead?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className={styles.header}>
      <div className={styles.words}>
        {props.within && (
          <p>
            <Link href={props.within.href}>{props.within.label}</Link>
          </p>
        )}
        <h1>{props.title}</h1>
        {props.lead && <div className={styles.lead}>{props.lead}</div>}
      </div>
      {props.actions}
    </div>
  );
}
