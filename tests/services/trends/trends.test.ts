import { beforeEach, expect, test } from 'vitest';
import { saveSubscribedSkus } from '#db/store/mappings/licences.ts';
import { seedMappings } from '#db/store/mappings/mappings.ts';
import { addDays } from '#lib/domain/time/days.ts';
import { planStart } from '#lib/services/starts/planned-starts.ts';
import { downloadTrend, readTrends } from '#lib/services/trends/trends.ts';
import { openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
seedMappings(db, 1);
const helpdesk = operator('Operator');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const add =
  db.$client.prepare(`insert into people (upn_key, user_principal_name, display_name, employee_type, employee_type_key,
  state, state_since, reason, message, first_seen_at, licensed_at, mailbox_ready_at)
  values (@upn, @upn, @upn, 'E', 'e', @state, 1, @state, '', @firstSeenAt, @licensedAt, @mailboxReadyAt)`);

beforeEach(() => {
  db.$client.exec('delete from people; delete from seat_days; delete from subscribed_skus');
});

test('arrivals and openings stand on their days, and waits in the week in which they ended', () => {
  const now = Date.now();
  const open = { state: 'provisioned', firstSeenAt: now - DAY_MS, licensedAt: now - HOUR_MS, mailboxReadyAt: now };
  add.run({ upn: 'ada@x', ...open });
  add.run({ upn: 'bo@x', ...open });
  add.run({ upn: 'cy@x', state: 'needs_attention', firstSeenAt: now, licensedAt: null, mailboxReadyAt: null });
  add.run({ upn: 'old@x', ...open, firstSeenAt: now - 60 * DAY_MS });
  const { today, days, steps } = readTrends(helpdesk);
  expect(days.at(-1)).toEqual({ day: today, arrived: { open: 0, waiting: 0, attention: 1, closed: 0 }, opened: 3 });
  expect(days.reduce((sum, { arrived }) => sum + arrived.open, 0)).toBe(2);
  expect(steps.mailbox.at(-1)).toMatchObject({ people: 3, medianMs: HOUR_MS, p95Ms: HOUR_MS });
  expect(steps.licence.reduce((sum, { people }) => sum + people, 0)).toBe(3);
});

test('seats are kept by day, the last reading of a day counts, and who is due or held is added from its day on', () => {
  const sku = {
    skuId: 'a',
    skuPartNumber: 'EXCHANGESTANDARD',
    capabilityStatus: 'Enabled',
    servicePlans: [],
    enabledUnits: 10,
    warningUnits: 0,
  };
  const now = Date.now();
  saveSubscribedSkus(db, [{ ...sku, consumedUnits: 3 }], now - DAY_MS);
  saveSubscribedSkus(db, [{ ...sku, consumedUnits: 4 }], now);
  saveSubscribedSkus(db, [{ ...sku, consumedUnits: 5 }], now);
  const { today } = readTrends(helpdesk);
  planStart(operator('Admin'), { employeeType: 'E', startDate: addDays(today, 40), people: 7 });
  add.run({ upn: 'held@x', state: 'held', firstSeenAt: now, licensedAt: null, mailboxReadyAt: null });
  const seats = readTrends(helpdesk).seats.find(({ skuPartNumber }) => skuPartNumber === 'EXCHANGESTANDARD');
  expect(seats?.days.map(({ bought, used }) => [bought, used])).toEqual([
    [10, 3],
    [10, 5],
  ]);
  expect([seats?.ahead[0]?.used, seats?.ahead.at(-1)?.used]).toEqual([6, 13]);
});

test('each picture can be had as CSV, which is told in the history', () => {
  for (const [table, first] of [
    ['days', 'Day,MailboxOpen,Waiting,NeedsAttention,Dismissed,MailboxesOpenedThatDay\r\n'],
    ['times', 'Step,WeekFrom,People,MedianMinutes,P95Minutes\r\n'],
    ['seats', 'Licence,Day,Bought,Used,Forecast\r\n'],
  ] as const) {
    const [head] = downloadTrend(helpdesk, { table }).lines;
    expect(head).toBe(first);
  }
  const told = db.$client.prepare("select count(*) from events where kind = 'data.exported'").pluck().get();
  expect(told).toBe(3);
  expect(() => downloadTrend(helpdesk, { table: 'people' })).toThrow();
});
