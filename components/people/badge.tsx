import { AlertIcon } from '@primer/octicons-react/AlertIcon';
import { CheckCircleIcon } from '@primer/octicons-react/CheckCircleIcon';
import { CircleIcon } from '@primer/octicons-react/CircleIcon';
import { ClockIcon } from '@primer/octicons-react/ClockIcon';
import { XCircleIcon } from '@primer/octicons-react/XCircleIcon';
import type { PersonState } from '#lib/domain/states.ts';
import styles from './badge.module.css';
import { STATE_LABELS, type Tone } from './state-words.ts';

const ICONS = {
  info: ClockIcon,
  warn: AlertIcon,
  bad: XCircleIcon,
  good: CheckCircleIcon,
  goodQuiet: CheckCircleIcon,
  quiet: CircleIcon,
} satisfies Record<Tone, unknown>;

/** A word with an icon; its tone comes on top and never says anything alone. */
export function Badge({ tone, title, children }: { tone: Tone; title?: string; children: string }) {
  const Icon = ICONS[tone];
  return (
    <span className={`${styles.badge} ${styles[tone]}`} title={title}>
      <Icon aria-hidden="true" />
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
