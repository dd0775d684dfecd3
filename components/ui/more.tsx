import type { ReactNode } from 'react';
import button from '#components/controls/button.module.css';
import styles from './more.module.css';
import stack from './stack.module.css';

/** What else can be done, behind one button. It stays open, so that what comes of it is read beside it. */
export function More({ label, children }: { label: string; children: ReactNode }) {
  return (
    <details className={styles.more}>
      <summary className={button.button}>{label}</summary>
      <div className={stack.row}>{children}</div>
    </details>
  );
}
