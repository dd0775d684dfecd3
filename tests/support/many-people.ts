/** A database with very many made-up people, for benchmarks and for tests of speed's causes: rows read, indexes used. */
import type { Db } from '#db/client.ts';
import { seedMappings } from '#db/store/mappings.ts';

const FIRST = ['Ada', 'Bruno', 'Chloé', 'Dilan', 'Eva', 'Farid', 'Grace', 'Hugo', 'Ines', 'Jörg', 'Kira', 'Liam'];
const LAST = ['Ahorn', 'Birke', 'Cedar', 'Dogwood', 'Elder', 'Fichte', 'Ginkgo', 'Holly', 'Ivy', 'Juniper'];

/** Most people are done, as in an installation that has been at work for years. */
const STANDING = [
  ['provisioned', 'provisioned', 900],
  ['already_provisioned', 'mailbox_open_licensed', 50],
  ['dismissed', 'dismissed', 20],
  ['awaiting_sync', 'not_synchronised', 10],
  ['awaiting_mailbox', 'mailbox_opening', 8],
  ['awaiting_seat', 'no_seat', 6],
  ['needs_attention', 'account_disabled', 4],
  ['needs_attention', 'type_unmapped', 2],
] as const;

const SUM = STANDING.reduce((sum, [, , share]) => sum + share, 0);

function standingOf(n: number): readonly [string, string, number] {
  let at = (n * 7919) % SUM;
  for (const one of STANDING) {
    at -= one[2];
    if (at < 0) return one;
  }
  return STANDING[0];
}

export const nameOf = (n: number) => `${FIRST[n % FIRST.length]} ${LAST[Math.floor(n / 7) % LAST.length]} ${n}`;
export const upnOf = (n: number) => `person${n}@contoso.example`;

/** Fills an empty database: `size` people from files of 1,000 rows, each with an event and `outcomesEach` outcomes of runs. */
export function addManyPeople(db: Db, size: number, outcomesEach = 1, now = Date.now()): void {
  seedMappings(db, now);
  const raw = db.$client;
  const person = raw.prepare(
    `insert into people (id, upn_key, user_principal_name, display_name, employee_type, employee_type_key, usage_location,
       state, state_since, reason, message, first_seen_at, next_look_at, mapping_id, synchronised_at, licensed_at, mailbox_ready_at)
     values (?, ?, ?, ?, ?, ?, 'DE', ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)`,
  );
  const file = raw.prepare(
    `insert into intake_files (id, name, sha256, size_bytes, modified_at, received_at, source, received_from, status, rows, accepted)
     values (?, ?, ?, 1, ?, ?, 'drop_folder', 'idm', 'accepted', ?, ?)`,
  );
  const row = raw.prepare(
    `insert into intake_rows (file_id, line, raw, verdict, person_id) values (?, ?, ?, 'accepted', ?)`,
  );
  const run = raw.prepare(
    `insert into runs (id, trigger, status, requested_by, requested_at, started_at, finished_at, people_due, people_done, counts)
     values (?, 'schedule', 'completed', 'schedule', ?, ?, ?, ?, ?, '{}')`,
  );
  const outcome = raw.prepare(
    `insert into outcomes (run_id, person_id, at, state_before, state, reason, message, duration_ms)
     values (?, ?, ?, 'queued', ?, ?, ?, 12)`,
  );
  const event = raw.prepare(
    `insert into events (at, actor, kind, person_id, to_state, reason, message) values (?, 'idm', 'person.accepted', ?, 'queued', 'queued', ?)`,
  );
  const perFile = 1000;
  raw.transaction(() => {
    for (let n = 1; n <= size; n += 1) {
      const at = now - (size - n) * 1000;
      const batch = Math.floor((n - 1) / perFile);
      const fileId = `file-${String(batch).padStart(6, '0')}`;
      if ((n - 1) % perFile === 0) {
        const rows = Math.min(perFile, size - n + 1);
        file.run(fileId, `newcomers-${batch}.csv`, String(batch), at, at, rows, rows);
        for (let round = 0; round < outcomesEach; round += 1)
          run.run(`run-${String(batch).padStart(6, '0')}-${round}`, at + round, at, at + 1000, rows, rows);
      }
      const [state, reason] = standingOf(n);
      const type = reason === 'type_unmapped' ? 'C' : n % 3 === 0 ? 'N' : 'E';
      const isOpen = ['awaiting_sync', 'awaiting_mailbox', 'awaiting_seat', 'needs_attention'].includes(state);
      const licensed = state === 'provisioned' || state === 'awaiting_mailbox' ? at + 60_000 : null;
      const opened = state === 'provisioned' ? at + 300_000 : null;
      const message = `This is what became of ${upnOf(n)}.`;
      const found = state === 'awaiting_sync' ? null : at + 30_000;
      person.run(
        n,
        upnOf(n),
        upnOf(n),
        nameOf(n),
        type,
        type.toLowerCase(),
        state,
        at,
        reason,
        message,
        at,
        isOpen ? now : null,
        found,
        licensed,
        opened,
      );
      row.run(fileId, (n % perFile) + 2, `${nameOf(n)},${upnOf(n)},${type}`, n);
      event.run(at, n, `Accepted from newcomers-${batch}.csv.`);
      for (let round = 0; round < outcomesEach; round += 1)
        outcome.run(`run-${String(batch).padStart(6, '0')}-${round}`, n, at + round, state, reason, message);
    }
  })();
  raw.exec('analyze');
}
