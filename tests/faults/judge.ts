/** What must hold after every fault, read from the database file, the drop folder, and the ledger of the tenant. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import type { LedgerEntry } from '#lib/demo/tenant/tenant.ts';
import { PERSON_STATES } from '#lib/domain/states.ts';
import { cli, type Env } from '#tests/support/processes.ts';

export interface Evidence {
  env: Env;
  databaseFile: string;
  dropFolder: string;
  ledger: readonly LedgerEntry[];
  /** Everybody whom a file named: who has an account, and who has none yet. */
  everybody: ReadonlySet<string>;
  absent: ReadonlySet<string>;
  /** SHA-256 of every file that was dropped. */
  files: ReadonlySet<string>;
}

function one<T>(db: Sqlite.Database, sql: string): T {
  return db.prepare(sql).get() as T;
}

const count = (db: Sqlite.Database, from: string) => one<{ n: number }>(db, `select count(*) as n ${from}`).n;

/** What is still to be done, as a sentence; null: nothing. */
export function whatIsOpen({ databaseFile, dropFolder, everybody, absent }: Evidence): string | null {
  const db = new Sqlite(databaseFile, { readonly: true });
  try {
    const done = count(db, `from people where state = 'provisioned'`);
    if (done < everybody.size) return `${done} of ${everybody.size} people are provisioned`;
    const waiting = count(db, `from people where state = 'awaiting_sync'`);
    if (waiting < absent.size) return `${waiting} of ${absent.size} people wait for their account`;
    const files = count(db, `from intake_files where moved_at is null or status = 'importing'`);
    if (files > 0) return `${files} files are not finished`;
    const lying = readdirSync(dropFolder).filter((name) => /\.csv$/i.test(name));
    if (lying.length > 0) return `${lying} lie in the drop folder`;
    const runs = count(db, `from runs where status in ('queued', 'running')`);
    if (runs > 0) return `${runs} runs have not ended`;
    const writes = count(db, 'from intents where settled_at is null');
    return writes > 0 ? `${writes} writes are undecided` : null;
  } finally {
    db.close();
  }
}

/** What is still being written is nobody’s file, and has another name a moment later. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    if (name.endsWith('.part')) return [];
    const file = path.join(folder, name);
    return statSync(file).isDirectory() ? filesBelow(file) : [file];
  });
}

const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

function rowsInOneState(db: Sqlite.Database, everybody: ReadonlySet<string>): string[] {
  const sums = count(db, `from intake_files where status = 'accepted' and rows <> accepted + duplicates + rejected`);
  const stored = count(
    db,
    `from intake_files f where status = 'accepted' and rows <> (select count(*) from file_rows r where r.file_id = f.id)`,
  );
  const people = db.prepare('select user_principal_name as upn, state, reason from people').all() as {
    upn: string;
    state: string;
    reason: string;
  }[];
  const known = new Set(people.map(({ upn }) => upn));
  const lost = [...everybody].filter((upn) => !known.has(upn));
  const unexplained = people.filter(
    ({ state, reason }) => !(PERSON_STATES as readonly string[]).includes(state) || reason === '',
  );
  const counted = one<{ n: number | null }>(db, 'select sum(people) as n from people_counts').n ?? 0;
  return [
    ...(sums > 0 ? [`I1: the rows of ${sums} files do not add up`] : []),
    ...(stored > 0 ? [`I1: not all rows of ${stored} files are stored`] : []),
    ...(lost.length > 0 ? [`I1: ${lost.length} people are lost, such as ${lost[0]}`] : []),
    ...(people.length !== known.size ? [`I1: ${people.length - known.size} people stand twice`] : []),
    ...(known.size > everybody.size ? [`I1: ${known.size - everybody.size} people whom no file names`] : []),
    ...(unexplained.length > 0 ? [`I1: ${unexplained.length} people have no state with a reason`] : []),
    ...(counted !== people.length ? [`I1: ${people.length} people are counted as ${counted}`] : []),
  ];
}

function licensedTwice(ledger: readonly LedgerEntry[], everybody: ReadonlySet<string>): string[] {
  const given = new Map<string, number>();
  for (const { kind, effective, userPrincipalName, skuIds } of ledger)
    if (kind === 'licence' && effective)
      for (const sku of skuIds) {
        const key = `${userPrincipalName} ${sku}`;
        given.set(key, (given.get(key) ?? 0) + 1);
      }
  const twice = [...given].filter(([, times]) => times > 1);
  const strangers = [...given.keys()].filter((key) => !everybody.has(key.split(' ')[0] ?? ''));
  return [
    ...(twice.length > 0 ? [`I2: ${twice.length} licences are assigned twice, such as that of ${twice[0]?.[0]}`] : []),
    ...(strangers.length > 0 ? [`I2: ${strangers.length} people are licensed whom no file names`] : []),
    ...(given.size < everybody.size ? [`I2: ${given.size} of ${everybody.size} people have a licence`] : []),
  ];
}

/** What does not hold, each with its number; empty: all is well. */
export async function judge(evidence: Evidence): Promise<string[]> {
  const { env, databaseFile, dropFolder, ledger, everybody, absent, files } = evidence;
  const db = new Sqlite(databaseFile, { readonly: true });
  const found: string[] = [];
  try {
    found.push(...rowsInOneState(db, new Set([...everybody, ...absent])), ...licensedTwice(ledger, everybody));
    const kept = new Set(filesBelow(dropFolder).map(sha256));
    const gone = [...files].filter((hash) => !kept.has(hash));
    if (gone.length > 0) found.push(`I3: the bytes of ${gone.length} files are gone`);
    const integrity = db.pragma('integrity_check', { simple: true });
    if (integrity !== 'ok') found.push(`I4: ${integrity}`);
    const orphans = db.pragma('foreign_key_check') as unknown[];
    if (orphans.length > 0) found.push(`I4: ${orphans.length} rows refer to what is not there`);
  } finally {
    db.close();
  }
  const audit = await cli(['audit', 'verify'], env);
  if (audit.code !== 0) found.push(`I4: ${audit.stdout}${audit.stderr}`);
  return found;
}
