import { CheckmarkCircleRegular } from '@fluentui/react-icons/headless/svg/checkmark-circle';
import { CircleRegular } from '@fluentui/react-icons/headless/svg/circle';
import { ClockRegular } from '@fluentui/react-icons/headless/svg/clock';
import { ErrorCircleRegular } from '@fluentui/react-icons/headless/svg/error-circle';
import { WarningRegular } from '@fluentui/react-icons/headless/svg/warning';
import type { PersonState } from '#lib/domain/states.ts';
import styles from './badge.module.css';
import { STATE_WORDS, type Tone } from './state-words.ts';

const ICONS = {
  info: ClockRegular,
  warn: WarningRegular,
  bad: ErrorCircleRegular,
  good: CheckmarkCircleRegular,
  goodQuiet: CheckmarkCircleRegular,
  quiet: CircleRegular,
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
  const { word, tone, meaning } = STATE_WORDS[state];
  return (
    <Badge tone={tone} title={meaning}>
      {word}
    </Badge>
  );
}
