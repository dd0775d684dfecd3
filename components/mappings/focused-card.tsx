'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import styles from './mappings.module.css';

/** A card that was asked for: it takes the focus when it appears, so that a screen reader reads it. */
export function FocusedCard({ label, title, children }: { label: string; title: string; children: ReactNode }) {
  const card = useRef<HTMLElement>(null);
  useEffect(() => card.current?.focus(), []);
  return (
    <section ref={card} className={styles.impact} aria-label={label} tabIndex={-1}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
