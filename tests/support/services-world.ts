/** A database of its own for the services under test, and small builders of what lies in it. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Db, sharedDatabase } from '#db/client.ts';
import { events } from '#db/schema/events.ts';
import { intakeFiles, intakeRows } from '#db/schema/files.ts';
import { outcomes } from '#db/schema/outcomes.ts';
import { people } from '#db/schema/people.ts';
import { runs } from '#db/schema/runs.ts';
import type { Operator } from '#lib/auth/operator.ts';
import type { Role } from '#lib/auth/roles.ts';
import { readEnv } from '#lib/env.ts';
import { putEmptyDatabase } from '#tests/support/runner/empty-database.ts';

/** Points this test file's services at a new, empty database. The shared handle lives as long as the process of the test file. */
export function openServicesDatabase(): Db {
  process.env.DATA_DIR = mkdtempSync(path.join(tmpdir(), 'services-'));
  const { databaseFile } = readEnv();
  putEmptyDatabase(databaseFile);
  return sharedDatabase(databaseFile);
}

export function operator(role: Role = 'Operator'): Operator {
  return { key: `demo/${role.toLowerCase()}`, name: `Demo ${role}`, email: `${role.toLowerCase()}@demo.example`, role };
}

let made = 0;

/** Stores a person, needing attention unless the test says otherwise; gives the stored row. */
export function addPerson(db: Db, change: Partial<typeof people.$inferInsert> = {}): typeof people.$inferSelect {
  made += 1;
  const userPrincipalName = change.userPrincipalName ?? `person${made}@contoso.example`;
  return db
    .insert(people)
    .values({
      upnKey: userPrincipalName.toLowerCase(),
      userPrincipalName,
      displayName: `Person ${made}`,
      employeeType: 'E',
      employeeTypeKey: 'e',
      state: 'needs_attention',
      stateSince: 1_000,
      reason: 'account_disabled',
      message: 'The account is disabled, so it does not get a licence yet.',
      firstSeenAt: 1_000 + made,
      ...change,
    })
    .returning()
    .get();
}

/** Stores a run that went to its end, unless the test says otherwise. */
export function addRun(db: Db, id: string, change: Partial<typeof runs.$inferInsert> = {}): void {
  db.insert(runs)
    .values({
      id,
      trigger: 'schedule',
      status: 'completed',
      requestedBy: 'schedule',
      requestedAt: 1_000,
      finishedAt: 2_000,
      ...change,
    })
    .run();
}

export function addOutcome(
  db: Db,
  change: Partial<typeof outcomes.$inferInsert> & { runId: string; personId: number },
): void {
  db.insert(outcomes)
    .values({
      at: 1_500,
      stateBefore: 'queued',
      state: 'provisioned',
      reason: 'provisioned',
      message: 'Licensed by AutoProvision, and the mailbox answers.',
      durationMs: 12,
      ...change,
    })
    .run();
}

/** Stores an accepted upload with its event, and one row for each person it names; gives its id. */
export function addFile(
  db: Db,
  change: Partial<typeof intakeFiles.$inferInsert> & { actorKey?: string | null },
  personIds: number[],
): string {
  made += 1;
  const { actorKey = null, ...columns } = change;
  const file = {
    id: `file${made}`,
    name: `newcomers${made}.csv`,
    sha256: String(made),
    sizeBytes: 1,
    modifiedAt: 1_000,
    receivedAt: 1_000,
    source: 'upload',
    receivedFrom: 'Demo Operator',
    status: 'accepted',
    rows: personIds.length,
    accepted: personIds.length,
    ...columns,
  } as const;
  db.insert(intakeFiles).values(file).run();
  for (const [n, personId] of personIds.entries())
    db.insert(intakeRows)
      .values({ fileId: file.id, line: n + 2, raw: 'raw', verdict: 'accepted', personId })
      .run();
  db.insert(events)
    .values({
      at: file.receivedAt,
      actor: file.receivedFrom,
      actorKey,
      kind: 'file.accepted',
      message: `${file.name} imported.`,
      data: { fileId: file.id },
    })
    .run();
  return file.id;
}

/** A file as a browser sends it. */
export async function* sent(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length; at += 16_384) yield bytes.subarray(at, at + 16_384);
}
