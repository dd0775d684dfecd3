/** Mappings in the database: versioned, the version in force has no `retired_at`. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { type Db, oncePerConnection, type Tx } from '#db/client.ts';
import { mappings } from '#db/schema/mappings.ts';
import { type Mapping, mappedLicencesSchema, SEEDED_MAPPINGS } from '#lib/domain/licences/mapping.ts';
import { employeeTypeKey } from '#lib/domain/person.ts';

function toMapping(row: typeof mappings.$inferSelect): Mapping {
  return {
    id: row.id,
    employeeType: row.employeeType,
    version: row.version,
    licences: mappedLicencesSchema.parse(row.licences),
    usageLocation: row.usageLocation,
    leadTime: row.leadTime,
    licenseAccountsWithAddress: row.licenseAccountsWithAddress,
  };
}

const inForce = oncePerConnection((_, tx) => tx.select().from(mappings).where(isNull(mappings.retiredAt)).prepare());

/** The mappings in force, by EmployeeType key. */
export function mappingsInForce(db: Tx): Map<string, Mapping> {
  const rows = inForce(db).all();
  return new Map(rows.map((row) => [row.employeeTypeKey, toMapping(row)]));
}

/** Mapping versions by id, for people who are pinned to one. */
export function mappingsById(db: Tx, ids: readonly number[]): Map<number, Mapping> {
  if (ids.length === 0) return new Map();
  const rows = db
    .select()
    .from(mappings)
    .where(inArray(mappings.id, [...ids]))
    .all();
  return new Map(rows.map((row) => [row.id, toMapping(row)]));
}

/** Gives a new installation the mappings of the script it replaces; does nothing where any mapping exists. */
export function seedMappings(db: Db, now: number): void {
  db.transaction((tx) => {
    if (tx.select({ id: mappings.id }).from(mappings).limit(1).get()) return;
    for (const mapping of SEEDED_MAPPINGS) insertMapping(tx, mapping, 'engine', now);
  });
}

export interface NewMapping
  extends Pick<Mapping, 'employeeType' | 'licences' | 'usageLocation'>,
    Partial<Pick<Mapping, 'leadTime' | 'licenseAccountsWithAddress'>> {
  rank?: number;
  note?: string | null;
}

/** Puts a new version in force and retires the previous one; returns its id. Call it inside a transaction. */
export function insertMapping(tx: Tx, mapping: NewMapping, createdBy: string, now: number): number {
  const key = employeeTypeKey(mapping.employeeType);
  const versions = tx
    .select({ version: mappings.version })
    .from(mappings)
    .where(eq(mappings.employeeTypeKey, key))
    .all();
  retireMapping(tx, key, now);
  return tx
    .insert(mappings)
    .values({
      ...mapping,
      employeeTypeKey: key,
      version: Math.max(0, ...versions.map(({ version }) => version)) + 1,
      createdAt: now,
      createdBy,
    })
    .returning({ id: mappings.id })
    .get().id;
}

/** Leaves an EmployeeType without a mapping; its versions are kept. */
export function retireMapping(tx: Tx, key: string, now: number): void {
  tx.update(mappings)
    .set({ retiredAt: now })
    .where(and(eq(mappings.employeeTypeKey, key), isNull(mappings.retiredAt)))
    .run();
}
