/** The numbers on top of the overview, each a link to what it counts. */
import type { ReactNode } from 'react';
import { STATE_TONES } from '#components/people/state-labels.ts';
import { address } from '#components/text/address.ts';
import { shortDayText, spanText } from '#components/text/time-text.ts';
import { Link } from '#components/ui/link.tsx';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import { HUMAN_STATES, PATIENT_STATES } from '#lib/domain/states.ts';
import type { Overview } from '#lib/services/overview/overview.ts';
import type { ForecastWeek } from '#lib/services/starts/start-forecast.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import styles from './overview-strip.module.css';

type SayOverview = Say<Words['overview']>;

interface Figure {
  label: string;
  value: ReactNode;
  note: ReactNode;
  href: string;
  /** It needs somebody now, `bad` because something failed. */
  tone?: 'warn' | 'bad';
}

const peopleIn = (groups: Overview['needsHuman']) => groups.reduce((sum, { people }) => sum + people, 0);

function needYou(say: SayOverview, { needsHuman, stayedOut, mine }: Overview): Figure {
  const [people, rows] = [peopleIn(needsHuman), stayedOut.cases];
  const parts = [
    ...(people > 0 && rows > 0 ? [say('people', { n: people }), say('rows', { n: rows })] : []),
    ...(mine > 0 ? [say('youAreOn', { n: mine })] : []),
  ];
  return {
    label: say('needYou'),
    value: say('figure', { n: people + rows }),
    note: parts.join(', ') || say(people + rows === 0 ? 'nobody' : rows > 0 ? 'rowsOut' : 'onlyPeople'),
    href: people === 0 && rows > 0 ? '/rows' : address('/people', { state: HUMAN_STATES.join(',') }),
    tone:
      rows > 0 || needsHuman.some(({ state }) => STATE_TONES[state] === 'bad')
        ? 'bad'
        : people > 0
          ? 'warn'
          : undefined,
  };
}

function opened(say: SayOverview, sayTime: Say<Words['time']>, { openedToday, usual }: Overview): Figure {
  const time = usual.find(({ step }) => step === 'mailbox');
  return {
    label: say('openedToday'),
    value: say('figure', { n: openedToday }),
    note: time ? say('usuallyIn', { span: spanText(sayTime, time.medianMs) }) : say('mailboxes'),
    href: '/trends',
  };
}

function seatsAtRisk(say: SayOverview, sayTime: Say<Words['time']>, weeks: readonly ForecastWeek[]): Figure {
  const missing = weeks.flatMap((week) => week.missing.map((one) => ({ ...one, isNow: week.week === null })));
  const [first] = missing;
  return {
    label: say('seatsMissing'),
    value: say('figure', { n: missing.reduce((sum, { seats }) => sum + seats, 0) }),
    note: first
      ? first.isNow
        ? say('waitNow')
        : say('buyBy', { day: shortDayText(sayTime, first.buyBy) })
      : say('nextWeeks'),
    href: '/licences',
    tone: first?.isNow ? 'warn' : undefined,
  };
}

function nextCycle(say: SayOverview, { openRun, nextRunAt }: Overview): Figure {
  const label = say('nextCycle');
  if (openRun)
    return {
      label,
      value: say('running'),
      note: say('checkedOf', { done: openRun.peopleDone, due: openRun.peopleDue }),
      href: `/runs/${openRun.id}`,
    };
  if (nextRunAt === null)
    return { label, value: say('paused'), note: say('inSettings'), href: '/settings', tone: 'warn' };
  return { label, value: <Time at={nextRunAt} isPlan />, note: say('bySchedule'), href: '/runs' };
}

export function Strip({ overview, weeks }: { overview: Overview; weeks: readonly ForecastWeek[] }) {
  const say = useWords('overview');
  const sayTime = useWords('time');
  const waiting = peopleIn(overview.waiting);
  const figures: Figure[] = [
    needYou(say, overview),
    {
      label: say('waiting'),
      value: say('figure', { n: waiting }),
      note: say(waiting === 0 ? 'nobody' : 'byThemselves'),
      href: address('/people', { state: PATIENT_STATES.join(',') }),
    },
    opened(say, sayTime, overview),
    seatsAtRisk(say, sayTime, weeks),
    nextCycle(say, overview),
  ];
  return (
    <ul className={styles.strip} aria-label={say('glance')}>
      {figures.map(({ label, value, note, href, tone }) => (
        <li key={label}>
          <Link href={href} className={tone && styles[tone]}>
            <span>{label}</span> <strong>{value}</strong> <span>{note}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
