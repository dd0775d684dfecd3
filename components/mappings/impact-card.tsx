'use client';

import type { ReactNode } from 'react';
import { Badge } from '#components/people/badge.tsx';
import { Changes } from '#components/ui/changes.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { Impact } from '#lib/services/mappings/mapping-changes.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import { FocusedCard } from './focused-card.tsx';
import styles from './mappings.module.css';

type SayMapping = Say<Words['mapping']>;

function seatText(say: SayMapping, { name: licence, needed, free }: Impact['seats'][number]): string {
  if (free === null) return say('notInTenant', { licence });
  const n = needed - free;
  return n > 0 ? say('seatsShort', { licence, needed, free, n }) : say('seats', { licence, needed, free });
}

function pastText(say: SayMapping, { arrived: n, before, after }: Impact['last90Days']): string {
  if (n === 0) return say('pastNobody');
  if (before === null) return say('pastNew', { n, after });
  if (before === after) return say('pastSame', { n, after });
  return say('pastOther', { n, after, before });
}

/** What publishing would mean. `children`: the way on. */
export function ImpactCard({ impact, children }: { impact: Impact; children: ReactNode }) {
  const say = useWords('mapping');
  return (
    <FocusedCard label={say('impact')} title={say('changing', { n: impact.waitingPeople })}>
      {impact.licensedPeople > 0 && <p>{say('licensedKeep', { n: impact.licensedPeople })}</p>}
      {impact.advice.length > 0 && (
        <ul className={styles.advice}>
          {impact.advice.map(({ level, message }) => (
            <li key={message}>
              <Badge tone={level === 'conflict' ? 'bad' : 'warn'}>{say(level)}</Badge>
              <span>{message}</span>
            </li>
          ))}
        </ul>
      )}
      <Changes changes={impact.changes} />
      {impact.waitingPeople > 0 && impact.seats.map((seat) => <p key={seat.name}>{seatText(say, seat)}</p>)}
      <p>{pastText(say, impact.last90Days)}</p>
      {impact.refusal === null ? children : <p>{say('refused')}</p>}
    </FocusedCard>
  );
}
