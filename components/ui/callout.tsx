import type { ReactNode } from 'react';
import type { Tone } from '#components/people/state-labels.ts';
import styles from './callout.module.css';

/** A notice at the top of a page. Its tone is the colour of its edge, and never carries meaning alone. */
export function Callout({ tone, label, children }: { tone: Tone; label: string; children: ReactNode }) {
  return (
    <section className={`${styles.callout} ${styles[tone]}`} aria-label={label}>
      {children}
    </section>
  );
}
