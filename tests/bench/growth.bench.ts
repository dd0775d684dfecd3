/**
 * The size of the database over a year of cycles, in compressed days: people who wait and wait, newcomers who come and are done, cycles
 * that find nothing to do, and once a day the retention. Baseline: a full outcome kept for every check.
 */
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Db, openDatabase } from '#db/client.ts';
import { runs } from '#db/schema/runs.ts';
import { recordIntents } from '#db/store/outcomes/intents.ts';
import { recordOutcomes } from '#db/store/outcomes/outcomes.ts';
import { countOutcomes } from '#db/store/outcomes/outcomes-read.ts';
import { readPeople } from '#db/store/people/people.ts';
import { saveSettings } from '#db/store/system/settings.ts';
import type { PersonOutcome } from '#lib/domain/decision/outcome.ts';
import { tell } from '#lib/domain/reasons/said.ts';
import { cleanUpDaily } from '#lib/engine/retention.ts';
import { readEnv } from '#lib/env.ts';
import { p95, report } from '#tests/bench/support/report.ts';

const DAYS = Number(process.env.BENCH_DAYS ?? 360);
const WAITING = Number(process.env.BENCH_WAITING ?? 200);
const NEWCOMERS_A_DAY = 20;
const RETENTION_DAYS = 60;
const CYCLES_A_DAY = 24;
/** A cycle over nobody between two others. */
const IDLE_CYCLES_A_DAY = 24;
const MONTH = 30;
const DAY_MS = 24 * 3_600_000;
const START = Date.UTC(2026, 0, 1);
const OUTCOME_BYTES = 519;
/** What the file of a newcomer says, the person, each of its moves with its outcome, and the indexes of all this. */
const TARGET_BYTES_KEPT = 5000;
const TARGET_SLICE_MS = 10;
/** A commit that also empties the write-ahead log waits for the disk. */
const TARGET_BLOCK_MS = 50;
const OLD_OUTCOMES = 50_000;
const OLD_IDLE_ROWS = 2000;
process.env.LOG_LEVEL = 'silent';

const CALL = {
  status: 200,
  code: null,
  said: null,
  requestId: crypto.randomUUID(),
  clientRequestId: crypto.randomUUID(),
};

/** What each check ends in, from arrival to the open mailbox. */
const WAY = ['not_synchronised', 'mailbox_opening', 'mailbox_opening', 'provisioned'] as const;
const STATE_OF = {
  not_synchronised: 'awaiting_sync',
  mailbox_opening: 'awaiting_mailbox',
  provisioned: 'provisioned',
} as const;

function statIfExists(
  person: PersonOutcome['person'],
  reason: (typeof WAY)[number],
  isLicensed: boolean,
  at: number,
): PersonOutcome {
  const state = STATE_OF[reason];
  const told = reason === 'mailbox_opening' ? tell(reason, { licences: 'Exchange Online (Plan 1)' }) : tell(reason);
  const call = { ...CALL, call: `GET /users/${person.userPrincipalName}`, at, durationMs: 20 };
  return {
    person,
    verdict: { state, reason, ...told, nextCheckAt: state === 'provisioned' ? null : at },
    accountId: state === 'awaiting_sync' ? null : `00000000-0000-0000-0000-${person.id}`,
    mappingId: null,
    heldPlan: null,
    planned: null,
    durationMs: 20,
    licenceVerified: isLicensed,
    mailboxTouched: state === 'awaiting_mailbox',
    written: isLicensed
      ? [{ what: 'licence', from: null, to: 'Exchange Online (Plan 1)', why: 'mapping E, version 1' }]
      : [],
    calls: isLicensed ? [call, { ...call, call: 'POST /users/assignLicense' }, call] : [call],
    intentResult: isLicensed ? 'applied' : null,
  };
}

function arrive(db: Db, day: number, n: number, at: number): number[] {
  const fileId = `file-${day}`;
  db.$client
    .prepare(
      `insert into intake_files (id, name, sha256, size_bytes, modified_at, received_at, source, received_from, status, rows, accepted)
       values (?, ?, ?, 1, ?, ?, 'drop_folder', 'idm', 'accepted', ?, ?)`,
    )
    .run(fileId, `newcomers-${day}.csv`, fileId.padEnd(64, '0'), at, at, n, n);
  const person = db.$client.prepare(
    `insert into people (upn_key, user_principal_name, display_name, employee_type, employee_type_key, state, state_since, reason,
       message, first_seen_at, next_check_at) values (?, ?, ?, 'E', 'e', 'queued', ?, 'queued', ?, ?, ?)`,
  );
  const row = db.$client.prepare(
    "insert into intake_rows (file_id, line, raw, verdict, person_id) values (?, ?, ?, 'accepted', ?)",
  );
  return Array.from({ length: n }, (_, index) => {
    const upn = `given.surname${day}.${index}@contoso.example`;
    const name = `Given Surname ${day} ${index}`;
    const id = Number(person.run(upn, upn, name, at, tell('queued').message, at, at).lastInsertRowid);
    row.run(fileId, index + 2, `${name},${upn},E`, id);
    return id;
  });
}

/** A run as the engine leaves it. */
function cycle(db: Db, id: string, at: number, ids: readonly number[], step: number): void {
  db.transaction(() => {
    const ended = { status: 'completed', requestedAt: at, startedAt: at, finishedAt: at } as const;
    db.insert(runs)
      .values({ id, trigger: 'schedule', requestedBy: 'schedule', ...ended, warnings: [] })
      .run();
    const reason = WAY[step] ?? 'not_synchronised';
    const isLicensed = step === 1;
    if (isLicensed) {
      const plan = {
        usageLocation: 'DE',
        approvedBy: null,
        addLicenses: [{ skuId: CALL.requestId, disabledPlans: [] }],
      };
      recordIntents(
        db,
        id,
        readPeople(db, ids).map(({ id: personId, revision }) => ({ personId, revision, ...plan })),
        at,
      );
    }
    recordOutcomes(
      db,
      id,
      readPeople(db, ids).map((person) => statIfExists(person, reason, isLicensed, at)),
      at,
    );
    db.$client.prepare('update runs set counts = ? where id = ?').run(JSON.stringify(countOutcomes(db, id)), id);
  });
}

/** Does the day's retention; gives the times for which it let nobody else in, in ms. */
async function tidy(db: Db, env: ReturnType<typeof readEnv>, now: number): Promise<number[]> {
  const stretches: number[] = [];
  let [last, isOver] = [performance.now(), false];
  const look = () => {
    stretches.push(performance.now() - last);
    last = performance.now();
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  await cleanUpDaily({ db, env }, new AbortController().signal, now);
  isOver = true;
  return stretches;
}

/** A database of its own. */
function open(): { db: Db; env: ReturnType<typeof readEnv> } {
  const env = readEnv({ DATA_DIR: mkdtempSync(path.join(tmpdir(), 'bench-growth-')) });
  const db = openDatabase(env.databaseFile);
  saveSettings(db, env, { retentionDays: RETENTION_DAYS }, { name: 'bench', key: 'bench' }, START);
  return { db, env };
}

/** Bytes of the file at the end of each month. */
async function simulate(newcomersADay: number): Promise<number[]> {
  const { db, env } = open();
  // The days are compressed, and this machine's disk is not what is measured.
  db.$client.pragma('synchronous = OFF');
  const waiting = arrive(db, -1, WAITING, START);
  const months: number[] = [];
  for (let day = 0; day < DAYS; day += 1) {
    const today = START + day * DAY_MS;
    const newcomers = newcomersADay > 0 ? arrive(db, day, newcomersADay, today) : [];
    for (let hour = 0; hour < CYCLES_A_DAY; hour += 1) {
      const at = today + hour * 3_600_000;
      cycle(db, `${at}-wait-0000000000000`, at, waiting, 0);
      if (hour < WAY.length && newcomers.length > 0) cycle(db, `${at}-come-0000000000000`, at + 1, newcomers, hour);
    }
    for (let n = 0; n < IDLE_CYCLES_A_DAY; n += 1)
      cycle(db, `${today}-idle-00000000000${n}`, today + n * 3_500_000, [], 0);
    await tidy(db, env, today + DAY_MS);
    if ((day + 1) % MONTH !== 0) continue;
    db.$client.pragma('wal_checkpoint(TRUNCATE)');
    months.push(statSync(env.databaseFile).size);
  }
  db.$client.close();
  return months;
}

const kb = (bytes: number) => `${Math.round(bytes / 1024).toLocaleString('en')} kB`;

const still = await simulate(0);
process.stdout.write(`nobody comes, ${WAITING} wait: kB at the end of each month: ${still.map(kb).join(', ')}\n`);
const [first = 0, last = 0] = [still[RETENTION_DAYS / MONTH], still.at(-1)];
const checks = WAITING * CYCLES_A_DAY * DAYS;
report({
  what: `size after ${DAYS} days / size after ${RETENTION_DAYS + MONTH} days (retention ${RETENTION_DAYS} days)`,
  figure: last / first,
  unit: '',
  target: { atMost: 1.03 },
  baseline: (last + checks * OUTCOME_BYTES) / first,
  baselineIs: `${checks.toLocaleString('en')} full outcomes, all kept`,
});
const busy = await simulate(NEWCOMERS_A_DAY);
process.stdout.write(`${NEWCOMERS_A_DAY} come a day: kB at the end of each month: ${busy.map(kb).join(', ')}\n`);
const growth = (busy.at(-1) ?? 0) - (busy[RETENTION_DAYS / MONTH] ?? 0);
const came = NEWCOMERS_A_DAY * (DAYS - RETENTION_DAYS - MONTH);
report({
  what: 'bytes kept for ever of a newcomer: row, person, moves, outcomes, indexes',
  figure: growth / came,
  unit: 'bytes',
  target: { atMost: TARGET_BYTES_KEPT },
});

/** What an installation leaves that was never tidied: everything is old, and half of the outcomes changed something. */
async function tidyAll(): Promise<number[]> {
  const { db, env } = open();
  const [personId = 0] = arrive(db, -1, 1, START);
  const raw = db.$client;
  raw.transaction(() => {
    const run = raw.prepare(
      `insert into runs (id, trigger, status, requested_by, requested_at, finished_at, counts)
       values (?, 'schedule', 'completed', 'schedule', ?, ?, '{}')`,
    );
    const outcome = raw.prepare(
      `insert into outcomes (run_id, person_id, at, state_before, state, reason, message, written, calls, duration_ms)
       values (?, ?, ?, 'awaiting_sync', ?, 'not_synchronised', ?, '[]', ?, 20)`,
    );
    const { message } = tell('not_synchronised');
    for (let n = 0; n < OLD_OUTCOMES; n += 1) {
      run.run(`run-${n}`, START + n * 60_000, START + n * 60_000);
      outcome.run(
        `run-${n}`,
        personId,
        START,
        n % 2 ? 'awaiting_sync' : 'queued',
        message,
        JSON.stringify([CALL, CALL]),
      );
    }
    const idle = raw.prepare(
      `insert into unchanged_outcomes (run_id, at, state, reason, message, people, person_ids)
       values ('run-1', ?, 'awaiting_sync', 'not_synchronised', ?, 300, ?)`,
    );
    const ids = JSON.stringify(Array.from({ length: 300 }, (_, index) => 1_000_000 + index));
    for (let n = 0; n < OLD_IDLE_ROWS; n += 1) idle.run(START, message, ids);
  })();
  raw.pragma('wal_checkpoint(TRUNCATE)');
  const stretches = await tidy(db, env, START + DAYS * DAY_MS);
  if (raw.prepare('select count(*) from outcomes').pluck().get() !== OLD_OUTCOMES / 2)
    throw new Error('not all is tidied');
  raw.close();
  return stretches;
}

const stretches = await tidyAll();
report({
  what: `tidying ${OLD_OUTCOMES.toLocaleString('en')} old outcomes, their runs and ${OLD_IDLE_ROWS} idle looks lets nobody else in for, p95`,
  figure: p95(stretches),
  unit: 'ms',
  target: { atMost: TARGET_SLICE_MS },
});
report({ what: 'and for at most', figure: Math.max(...stretches), unit: 'ms', target: { atMost: TARGET_BLOCK_MS } });
