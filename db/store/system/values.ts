/** Values under a key: what operators saved in Settings, and what the engine keeps. The only writer of the table. */
import { eq, sql } from 'drizzle-orm';
import { oncePerConnection, type Tx } from '#db/client.ts';
import { settings } from '#db/schema/system.ts';

const { key, value } = settings;

const statements = oncePerConnection((_, tx) => {
  // As placeholders: given as it is, null would be stored as no value at all.
  const row = {
    key: sql.placeholder('key'),
    value: sql.placeholder('value'),
    updatedAt: sql.placeholder('now'),
    updatedBy: sql.placeholder('by'),
  };
  const set = {
    value: sql`excluded.value`,
    updatedAt: sql`excluded.updated_at`,
    updatedBy: sql`excluded.updated_by`,
  };
  return {
    read: tx
      .select({ value })
      .from(settings)
      .where(eq(key, sql.placeholder('key')))
      .prepare(),
    write: tx.insert(settings).values(row).onConflictDoUpdate({ target: key, set }).prepare(),
  };
});

/** Undefined where there is none. */
export function readValue(db: Tx, key: string): unknown {
  return statements(db).read.get({ key })?.value;
}

export function writeValue(db: Tx, key: string, value: unknown, by: string, now: number): void {
  statements(db).write.run({ key, value, by, now });
}

export function removeValue(db: Tx, name: string): void {
  db.delete(settings).where(eq(key, name)).run();
}
