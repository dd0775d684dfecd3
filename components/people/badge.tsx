import type { PersonState } from '#lib/domain/states.ts';
import styles from './badge.module.css';
import { STATE_LABELS, type Tone } from './state-labels.ts';

/** A word with an icon; its colour never carries meaning alone. */
export function Badge({ tone, title, children }: { tone: Tone; title?: string; children: string }) {
  return (
    <span className={`${styles.badge} ${styles[tone]}`} title={title}>
      {children}
    </span>
  );
}

export function StateBadge({ state }: { state: PersonState }) {
  const { label, tone, meaning } = STATE_LABELS[state];
  return (
    <Badge tone={tone} title={meaning}>
      {label}
    </Badge>
  );
}
