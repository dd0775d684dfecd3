'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { Badge } from '#components/people/badge.tsx';
import { countText, numberText } from '#components/text/count-text.ts';
import { Changes } from '#components/ui/changes.tsx';
import type { Impact } from '#lib/services/mappings/mapping-changes.ts';
import styles from './mappings.module.css';

function seatText({ name, needed, free }: Impact['seats'][number]): string {
  if (free === null) return `${name}: not in this tenant.`;
  const missing = needed - free;
  return `${name}: ${numberText(needed)} needed, ${numberText(free)} free${missing > 0 ? `, short by ${numberText(missing)}` : ''}.`;
}

function pastText({ arrived, before, after }: Impact['last90Days']): string {
  const people = countText(arrived, 'person', 'people');
  if (arrived === 0) return 'In the last 90 days nobody arrived with this EmployeeType.';
  if (before === null) return `In the last 90 days ${people} arrived with it; each would have got ${after}.`;
  if (before === after) return `In the last 90 days ${people} arrived with it and got ${after}, as before.`;
  return `In the last 90 days ${people} arrived with it: ${numberText(arrived)} × ${after} instead of ${before}.`;
}

/** What publishing would mean. It takes the focus when it appears. `children`: the way on. */
export function ImpactCard({ impact, children }: { impact: Impact; children: ReactNode }) {
  const card = useRef<HTMLElement>(null);
  useEffect(() => card.current?.focus(), []);
  return (
    <section ref={card} className={styles.impact} aria-label="Impact" tabIndex={-1}>
      <h2>
        {countText(impact.waitingPeople, 'waiting person changes', 'waiting people change')}, 0 licensed people are
        touched
      </h2>
      {impact.licensedPeople > 0 && (
        <p>
          {countText(impact.licensedPeople, 'person was', 'people were')} licensed with this EmployeeType and{' '}
          {impact.licensedPeople === 1 ? 'keeps' : 'keep'} what they have.
        </p>
      )}
      {impact.advice.length > 0 && (
        <ul className={styles.advice}>
          {impact.advice.map(({ level, message }) => (
            <li key={message}>
              <Badge tone={level === 'conflict' ? 'bad' : 'warn'}>
                {level === 'conflict' ? 'Conflict' : 'Warning'}
              </Badge>
              <span>{message}</span>
            </li>
          ))}
        </ul>
      )}
      <Changes changes={impact.changes} />
      {impact.waitingPeople > 0 && impact.seats.map((seat) => <p key={seat.name}>{seatText(seat)}</p>)}
      <p>{pastText(impact.last90Days)}</p>
      {impact.refusal === null ? children : <p>Until that is solved it cannot be published.</p>}
    </section>
  );
}
