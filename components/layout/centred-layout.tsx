import type { ReactNode } from 'react';
import styles from './centred-layout.module.css';
import { Logo } from './logo.tsx';

/** A page outside the console: one card in the middle. */
export function CentredLayout({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={styles.front}>
      <div className={styles.card}>
        <p className={styles.brand}>
          <Logo className={styles.mark} /> AutoProvision
        </p>
        <div className={styles.text}>
          <h1>{title}</h1>
          {children}
        </div>
      </div>
    </main>
  );
}
