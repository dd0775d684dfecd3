'use client';

import { useEffect, useRef } from 'react';
import { Link } from '#components/ui/link.tsx';
import { useWords } from '#components/words/use-words.ts';
import styles from './choices.module.css';

export interface Choice {
  label: string;
  count?: number;
  href: string;
  isChosen: boolean;
}

/** A filter with few values: links, of which one or more are chosen. */
export function Choices({ label, choices }: { label: string; choices: Choice[] }) {
  const say = useWords('table');
  const line = useRef<HTMLElement>(null);
  const chosen = choices.flatMap(({ isChosen, label }) => (isChosen ? [label] : [])).join();
  // On a phone what was just chosen moves to the front: the line goes back there, or it would be cut.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another choice moves it.
  useEffect(() => {
    line.current?.scrollTo({ left: 0 });
  }, [chosen]);
  return (
    <nav ref={line} aria-label={label} className={styles.choices}>
      {choices.map(({ label, count, href, isChosen }) => (
        <Link key={label} href={href} className={styles.choice} aria-current={isChosen ? 'true' : undefined}>
          {label}
          {count !== undefined && <span className={styles.count}>{say('figure', { n: count })}</span>}
        </Link>
      ))}
    </nav>
  );
}
