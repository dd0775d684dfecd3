/** Trends for the web: who arrived and whose mailbox opened by day, how long steps take by week, and seats over time. */

import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { mappingsInForce } from '#db/store/mappings/mappings.ts';
import { recordExport } from '#db/store/system/operators.ts';
import { readSettings } from '#db/store/system/settings.ts';
import { arrivalsByHour, licensedSince, seatsByDay } from '#db/store/trends/trends-read.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { licenceName } from '#lib/domain/licences/mapping.ts';
import { addDays, dayAt, dayStart } from '#lib/domain/time/days.ts';
import { countByDay, type DayCounts, timesByWeek, type WeekTimes } from '#lib/domain/time/trends.ts';
import { readEnv } from '#lib/env.ts';
import { csvLine } from '#lib/services/http/csv.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput } from '#lib/services/http/errors.ts';
import { seatsToCome } from '#lib/services/starts/start-groups.ts';

const DAYS = 30;
const WEEKS = 12;
/** Seats are drawn from so many days ago to so many days ahead. */
const [SEATS_BACK, SEATS_AHEAD] = [60, 56];
/** Of more people the newest say how long steps take: about 100 ms. */
const MEASURED = 50_000;
const HOUR_MS = 3_600_000;

export interface SeatTrend {
  skuPartNumber: string;
  name: string;
  /** As the last run of each day read them. */
  days: { day: string; bought: number; used: number }[];
  /** Seats in use if everybody who waits or starts gets one on the day it is due; the first is today. */
  ahead: { day: string; used: number }[];
}

export interface Trends {
  today: string;
  days: DayCounts[];
  /** From the first row to the licence, and from the licence to the open mailbox. */
  steps: { licence: WeekTimes[]; mailbox: WeekTimes[] };
  seats: SeatTrend[];
}

export function readTrends(operator: Operator | null): Trends {
  authorise(operator, 'people:read');
  const db = database();
  const now = Date.now();
  const { timeZone } = readSettings(db, readEnv());
  const today = dayAt(now, timeZone);
  const monthAgo = dayStart(addDays(today, 1 - DAYS), timeZone);
  const licensed = licensedSince(db, dayStart(addDays(today, -7 * WEEKS), timeZone), MEASURED);
  const opened = licensed.flatMap(({ licensedAt, mailboxReadyAt }) =>
    mailboxReadyAt === null ? [] : [{ endedAt: mailboxReadyAt, ms: mailboxReadyAt - licensedAt }],
  );
  const byWeek = { today, weeks: WEEKS, timeZone };
  return {
    today,
    days: countByDay(
      arrivalsByHour(db, monthAgo),
      opened.map(({ endedAt }) => ({ hour: Math.floor(endedAt / HOUR_MS), people: 1 })),
      { today, days: DAYS, timeZone },
    ),
    steps: {
      licence: timesByWeek(
        licensed.map(({ firstSeenAt, licensedAt }) => ({ endedAt: licensedAt, ms: licensedAt - firstSeenAt })),
        byWeek,
      ),
      mailbox: timesByWeek(opened, byWeek),
    },
    seats: seatTrends(db, now, today),
  };
}

/** Of the licences that a mapping assigns. */
function seatTrends(db: Tx, now: number, today: string): SeatTrend[] {
  const mapped = new Set(
    [...mappingsInForce(db).values()].flatMap(({ licences }) =>
      licences.map(({ skuPartNumber }) => skuPartNumber.toUpperCase()),
    ),
  );
  const known = seatsByDay(db, addDays(today, -SEATS_BACK));
  const toCome = seatsToCome(db, now);
  return [...mapped].sort().flatMap((skuPartNumber) => {
    const days = known.filter((one) => one.skuPartNumber.toUpperCase() === skuPartNumber);
    const last = days.at(-1);
    if (!last) return [];
    const coming = toCome.filter((one) => one.skuPartNumber === skuPartNumber);
    const ahead = Array.from({ length: SEATS_AHEAD + 1 }, (_, n) => {
      const day = addDays(today, n);
      const due = coming.reduce((sum, one) => sum + (one.day <= day ? one.people : 0), 0);
      return { day, used: last.used + due };
    });
    return [
      {
        skuPartNumber,
        name: licenceName(skuPartNumber),
        days: days.map(({ day, bought, used }) => ({ day, bought, used })),
        ahead,
      },
    ];
  });
}

/** The pictures, each of which can be had as CSV. */
const TREND_TABLES = ['days', 'times', 'seats'] as const;
const tableInput = z.strictObject({ table: z.enum(TREND_TABLES) });

/** The figures behind one picture as CSV. `input`: `{ table }`. */
export function downloadTrend(operator: Operator | null, input: unknown): { name: string; lines: Iterable<string> } {
  authorise(operator, 'people:read');
  const { table } = parseInput(tableInput, input);
  const trends = readTrends(operator);
  recordExport(database(), operator, { what: 'trends', name: table }, Date.now());
  return { name: `trends-${table}-${trends.today}.csv`, lines: LINES[table](trends).map((cells) => csvLine(cells)) };
}

type Cells = Parameters<typeof csvLine>[0];

const LINES: Record<(typeof TREND_TABLES)[number], (trends: Trends) => Cells[]> = {
  days: ({ days }) => [
    ['Day', 'MailboxOpen', 'Waiting', 'NeedsAttention', 'Dismissed', 'MailboxesOpenedThatDay'],
    ...days.map(({ day, arrived: { open, waiting, attention, closed }, opened }) => [
      ...[day, open, waiting, attention, closed, opened],
    ]),
  ],
  times: ({ steps }) => [
    ['Step', 'WeekFrom', 'People', 'MedianMinutes', 'P95Minutes'],
    ...(['licence', 'mailbox'] as const).flatMap((step) =>
      steps[step].map(({ week, people, medianMs, p95Ms }) => [step, week, people, minutes(medianMs), minutes(p95Ms)]),
    ),
  ],
  seats: ({ seats }) => [
    ['Licence', 'Day', 'Bought', 'Used', 'Forecast'],
    ...seats.flatMap(({ skuPartNumber, days, ahead }) => [
      ...days.map(({ day, bought, used }) => [skuPartNumber, day, bought, used, '']),
      ...ahead.map(({ day, used }) => [skuPartNumber, day, '', '', used]),
    ]),
  ],
};

const minutes = (ms: number | null) => (ms === null ? '' : Math.round(ms / 6000) / 10);
