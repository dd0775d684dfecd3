/** Uploads under review before they are imported. */
import { and, count, desc, eq, inArray, isNotNull, min, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Db, oncePerConnection, type Tx } from '#db/client.ts';
import { drafts } from '#db/schema/drafts.ts';
import { intakeFiles, intakeRows } from '#db/schema/files.ts';
import { people } from '#db/schema/people.ts';
import { KNOWN_COLUMNS } from '#lib/domain/newcomer.ts';
import type { PersonState } from '#lib/domain/states.ts';

const index = z.number().int().min(0);
const columnsSchema = z.partialRecord(z.enum(KNOWN_COLUMNS), index.nullable());
const correctionsSchema = z.array(
  z.object({ line: z.number().int().positive(), column: index.nullable(), to: z.string(), by: z.string() }),
);

const casesSchema = z.array(z.tuple([z.number().int().min(0), z.number().int().positive()]));

type DraftColumns = z.infer<typeof columnsSchema>;
export type DraftCorrections = z.infer<typeof correctionsSchema>;

export type DraftCases = z.infer<typeof casesSchema>;

export type Draft = Omit<typeof drafts.$inferSelect, 'columns' | 'corrections' | 'cases'> & {
  columns: DraftColumns;
  corrections: DraftCorrections;
  cases: DraftCases;
};

function toDraft(row: typeof drafts.$inferSelect): Draft {
  return {
    ...row,
    columns: columnsSchema.parse(row.columns ?? {}),
    corrections: correctionsSchema.parse(row.corrections ?? []),
    cases: casesSchema.parse(row.cases ?? []),
  };
}

export function draftById(db: Tx, id: string): Draft | null {
  const row = db.select().from(drafts).where(eq(drafts.id, id)).get();
  return row ? toDraft(row) : null;
}

const ofFile = oncePerConnection((_, tx) =>
  tx
    .select()
    .from(drafts)
    .where(eq(drafts.fileId, sql.placeholder('fileId')))
    .prepare(),
);

/** The upload that became this file; null where the file came another way. */
export function draftOfFile(db: Tx, fileId: string): Draft | null {
  const row = ofFile(db).get({ fileId });
  return row ? toDraft(row) : null;
}

/** Uploads that nobody has finished, newest first. */
export function openDrafts(db: Tx, limit: number) {
  const { id, name, createdAt, createdBy } = drafts;
  return db
    .select({ id, name, createdAt, createdBy })
    .from(drafts)
    .where(eq(drafts.status, 'open'))
    .orderBy(desc(createdAt))
    .limit(limit)
    .all();
}

/** How many uploads of an operator are open, and their size together. */
export function openDraftsOf(db: Tx, createdByKey: string): { uploads: number; bytes: number } {
  return (
    db
      .select({ uploads: count(), bytes: sql<number>`coalesce(sum(${drafts.sizeBytes}), 0)` })
      .from(drafts)
      .where(and(eq(drafts.status, 'open'), eq(drafts.createdByKey, createdByKey)))
      .get() ?? { uploads: 0, bytes: 0 }
  );
}

export function insertDraft(tx: Tx, draft: typeof drafts.$inferInsert): void {
  tx.insert(drafts).values(draft).run();
}

type DraftChange = Partial<Pick<Draft, 'columns' | 'corrections' | 'status' | 'fileId'>>;

/** Compare-and-set on an open draft: false where somebody else changed or finished it since `revision`. */
export function changeDraft(tx: Tx, id: string, revision: number, change: DraftChange): boolean {
  const result = tx
    .update(drafts)
    .set({ ...change, revision: sql`${drafts.revision} + 1` })
    .where(and(eq(drafts.id, id), eq(drafts.revision, revision), eq(drafts.status, 'open')))
    .run();
  return result.changes === 1;
}

/** Records the dry run over the draft as it is now. */
export function setPreview(tx: Tx, id: string, runId: string, revision: number): void {
  tx.update(drafts).set({ previewRunId: runId, previewRevision: revision }).where(eq(drafts.id, id)).run();
}

/** The newest imported file with exactly these bytes; null: none. */
export function fileWithBytes(db: Tx, sha256: string) {
  const { id, name, receivedAt, receivedFrom } = intakeFiles;
  return (
    db
      .select({ id, name, receivedAt, receivedFrom })
      .from(intakeFiles)
      .where(and(eq(intakeFiles.sha256, sha256), eq(intakeFiles.status, 'accepted')))
      .orderBy(desc(receivedAt))
      .limit(1)
      .get() ?? null
  );
}

/** Domains of people whose account was found in Microsoft 365, the most used first. */
export function domainsInUse(db: Tx): string[] {
  const domain = sql<string>`substr(${people.upnKey}, instr(${people.upnKey}, '@') + 1)`;
  return db
    .select({ domain })
    .from(people)
    .where(isNotNull(people.accountId))
    .groupBy(domain)
    .orderBy(desc(count()))
    .limit(200)
    .all()
    .map((row) => row.domain);
}

const NEWEST_PEOPLE = 5000;

/** Like `domainsInUse`, among the newest people only: quick enough for a page, however many people there are. */
export function recentDomains(db: Tx): string[] {
  const newest = db.all<{ upnKey: string; accountId: string | null }>(
    sql`select upn_key as upnKey, account_id as accountId from people order by id desc limit ${NEWEST_PEOPLE}`,
  );
  const uses = new Map<string, number>();
  for (const { upnKey, accountId } of newest) {
    const domain = upnKey.slice(upnKey.indexOf('@') + 1);
    if (accountId !== null) uses.set(domain, (uses.get(domain) ?? 0) + 1);
  }
  return [...uses].sort(([, a], [, b]) => b - a).map(([domain]) => domain);
}

/** Returns a function that tells whether a person with a key is in the database. */
export function personFinder(db: Db): (upnKey: string) => boolean {
  const find = db.$client.prepare<[string], unknown>('select 1 from upns_in_order where upn_key = ?');
  return (upnKey) => find.get(upnKey) !== undefined;
}

/** The people named by a file who are in one of these states, in the order of the file. */
export function peopleOfFile(db: Tx, fileId: string, states: readonly PersonState[]): number[] {
  return db
    .select({ id: people.id })
    .from(intakeRows)
    .innerJoin(people, eq(people.id, intakeRows.personId))
    .where(and(eq(intakeRows.fileId, fileId), inArray(people.state, [...states])))
    .groupBy(people.id)
    .orderBy(min(intakeRows.line))
    .all()
    .map(({ id }) => id);
}
