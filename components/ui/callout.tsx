import type { ReactNode } from 'react';
import type { Tone } from '#components/people/state-labels.ts';
import styles from './callout.module.css';

/** What a page has to say first. Its tone is a coloured edge and never says anything alone. */
export function Callout({ tone, label, children }: { tone: Tone; label: string; children: ReactNode }) {
  return (
    <section className={`${styles.callout} ${styles[tone]}`} aria-label={label}>
      {children}
    </section>
  );
}
