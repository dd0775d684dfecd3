/** The numbers on top of the overview, each a link to what it counts. */
import type { ReactNode } from 'react';
import { address } from '#components/text/address.ts';
import { countText, numberText } from '#components/text/count-text.ts';
import { spanText } from '#components/text/time-text.ts';
import { Link } from '#components/ui/link.tsx';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import { HUMAN_STATES, WAITING_STATES } from '#lib/domain/states.ts';
import type { Overview } from '#lib/services/overview/overview.ts';
import type { ForecastWeek } from '#lib/services/starts/start-forecast.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import styles from './overview-strip.module.css';

interface Figure {
  label: string;
  value: ReactNode;
  note: ReactNode;
  href: string;
  /** It wants somebody. */
  isUrgent?: boolean;
}

const peopleIn = (groups: Overview['needsHuman']) => groups.reduce((sum, { people }) => sum + people, 0);

function needYou({ needsHuman, stayedOut, mine }: Overview): Figure {
  const [people, rows] = [peopleIn(needsHuman), stayedOut.cases];
  const parts = [
    ...(people > 0 && rows > 0 ? [countText(people, 'person', 'people'), countText(rows, 'row', 'rows')] : []),
    ...(mine > 0 ? [`you are on ${numberText(mine)}`] : []),
  ];
  return {
    label: 'Need you',
    value: numberText(people + rows),
    note: parts.join(', ') || (people + rows === 0 ? 'nobody' : rows > 0 ? 'rows that stayed out' : 'people'),
    href:
      people === 0 && rows > 0 ? '/rows' : address('/people', { state: [...HUMAN_STATES, 'awaiting_seat'].join(',') }),
    isUrgent: people + rows > 0,
  };
}

function opened(say: Say<Words['time']>, { openedToday, usual }: Overview): Figure {
  const time = usual.find(({ step }) => step === 'mailbox');
  return {
    label: 'Opened today',
    value: numberText(openedToday),
    note: time ? `usually in ${spanText(say, time.medianMs)}` : 'mailboxes',
    href: '/trends',
  };
}

function seatsAtRisk(weeks: readonly ForecastWeek[]): Figure {
  const missing = weeks.flatMap((week) => week.missing.map((one) => ({ ...one, isNow: week.week === null })));
  const [first] = missing;
  return {
    label: 'Seats missing',
    value: numberText(missing.reduce((sum, { seats }) => sum + seats, 0)),
    note: first ? (first.isNow ? 'people wait for them now' : `buy by ${first.buyByText}`) : 'in the next weeks',
    href: '/licences',
    isUrgent: first !== undefined,
  };
}

function nextCycle({ openRun, nextRunAt }: Overview): Figure {
  const label = 'Next cycle';
  if (openRun)
    return {
      label,
      value: 'running',
      note: `${numberText(openRun.peopleDone)} of ${numberText(openRun.peopleDue)} checked`,
      href: `/runs/${openRun.id}`,
    };
  if (nextRunAt === null) return { label, value: 'paused', note: 'in Settings', href: '/settings', isUrgent: true };
  return { label, value: <Time at={nextRunAt} isPlan />, note: 'by the schedule', href: '/runs' };
}

export function Strip({ overview, weeks }: { overview: Overview; weeks: readonly ForecastWeek[] }) {
  const waiting = peopleIn(overview.waiting);
  const figures: Figure[] = [
    needYou(overview),
    {
      label: 'Waiting',
      value: numberText(waiting),
      note: waiting === 0 ? 'nobody' : 'continue by themselves',
      href: address('/people', { state: WAITING_STATES.join(',') }),
    },
    opened(useWords('time'), overview),
    seatsAtRisk(weeks),
    nextCycle(overview),
  ];
  return (
    <ul className={styles.strip} aria-label="At a glance">
      {figures.map(({ label, value, note, href, isUrgent }) => (
        <li key={label}>
          <Link href={href} className={isUrgent ? styles.urgent : undefined}>
            <span>{label}</span> <strong>{value}</strong> <span>{note}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
