import { useWords } from '#components/words/use-words.ts';
import type { PersonState } from '#lib/domain/states.ts';
import styles from './badge.module.css';
import { STATE_TONES, type Tone } from './state-labels.ts';

/** A word with an icon; its colour never carries meaning alone. */
export function Badge({ tone, title, children }: { tone: Tone; title?: string; children: string }) {
  return (
    <span className={`${styles.badge} ${styles[tone]}`} title={title}>
      {children}
    </span>
  );
}

export function StateBadge({ state }: { state: PersonState }) {
  const say = useWords('states');
  return (
    <Badge tone={STATE_TONES[state]} title={say(`meaning.${state}`)}>
      {say(state)}
    </Badge>
  );
}
