import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import {
  chainEvents,
  earlierId,
  lineHash,
  lineOf,
  linkHash,
  prepareEvents,
  prepareHashUpTo,
  restOfLine,
} from '#db/store/events/event-chain.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { auditKey } from '#lib/audit/audit-key.ts';
import { checkHistory } from '#lib/audit/check-history.ts';
import { auditVerifier, checkpointsFolder, writeCheckpoint } from '#lib/audit/checkpoints.ts';
import { evidence } from '#lib/audit/evidence.ts';
import { digestOf, seal, unsealed } from '#lib/data-folder/seal.ts';
import { temporaryFolder } from '#tests/support/processes.ts';
import { rewriteHistory } from '#tests/support/rewrite-history.ts';

const SCRIPT = path.join(import.meta.dirname, '..', '..', 'public', 'help', 'verify-evidence.mjs');

const record = (db: Db, n: number) =>
  recordEvent(db, { kind: 'mail.tested', at: n, actor: { name: 'Ann', key: 'k' }, message: `Mail ${n}.` });
const hashes = (db: Db) => db.$client.prepare<[], string>('select hash from events order by id').pluck().all();

/** A history of 20 events that a release with other algorithms has continued to 40, with a checkpoint on either side. */
async function continuedHistory() {
  const place = { dataDir: temporaryFolder(), auditFolder: null };
  const db = openDatabase(':memory:');
  for (let n = 1; n <= 20; n += 1) record(db, n);
  await writeCheckpoint(db, place, 20);
  const before = hashes(db);
  const checkpoint = readFileSync(path.join(checkpointsFolder(place.dataDir), '1970-01-01.txt'), 'utf8');
  expect(auditKey(place.dataDir, 'ed448').asymmetricKeyType).toBe('ed448');
  rewriteHistory(db, () => {
    db.$client.exec("insert into events (at, actor, kind, message) values (21, 'engine', 'mail.tested', 'Mail 21.')");
    chainEvents(db.$client, 'sha512-256');
  });
  for (let n = 22; n <= 40; n += 1) record(db, n);
  await writeCheckpoint(db, place, 40);
  return { db, place, before, checkpoint };
}

test('a history goes on with another hash and another signature, and all of it is verified as before', async () => {
  const { db, place, before, checkpoint } = await continuedHistory();
  const after = hashes(db);
  expect(after.slice(0, 20)).toEqual(before);
  expect(after[19]).toMatch(/^[\w+/]{43}=$/);
  expect(after.slice(20)).toEqual(after.slice(20).map(() => expect.stringMatching(/^sha512-256:[\w+/]{43}=$/)));
  expect(checkHistory(db, place)).toMatchObject({ problems: [], chain: { events: 40 }, checkpoints: [{ count: 2 }] });
  expect(readFileSync(path.join(checkpointsFolder(place.dataDir), '1970-01-01.txt'), 'utf8')).toContain(checkpoint);
  expect(readdirSync(place.dataDir).filter((name) => name.startsWith('audit.key'))).toHaveLength(2);
});

test.each([
  { where: 'before the change', id: 10, hash: null },
  { where: 'after it', id: 30, hash: null },
  { where: 'by a hash that is not known', id: 30, hash: 'md5:1B2M2Y8AsgTpgAmY7PhCfg==' },
])('what is forged $where is found', async ({ id, hash }) => {
  const { db, place } = await continuedHistory();
  rewriteHistory(db, () => {
    if (hash === null) db.$client.prepare("update events set message = 'Forged.' where id = ?").run(id);
    else db.$client.prepare('update events set hash = ? where id = ?').run(hash, id);
  });
  expect(checkHistory(db, place).problems).toMatchObject([{ eventId: id }]);
});

test('whoever can forge the older hash cannot go back to it', async () => {
  const { db, place } = await continuedHistory();
  const before = hashes(db)[29] ?? null;
  const [event] = prepareEvents(db.$client).all(30, 1);
  if (!event) throw new Error('there is no event 31');
  const earlier = prepareHashUpTo(db.$client).get({ id: earlierId(31) }) ?? null;
  const forged = linkHash('sha256', before, earlier, lineHash('sha256', lineOf(31, restOfLine(event))));
  rewriteHistory(db, () => db.$client.prepare('update events set hash = ? where id = 31').run(forged));
  expect(checkHistory(db, place).problems).toMatchObject([{ eventId: 31 }]);
});

test('a package over both is verified without the product, with a checkpoint of either key', async () => {
  const { db, place, checkpoint } = await continuedHistory();
  const of = { from: 5, until: 36 };
  const request = { of, about: 'the history', by: 'Ann', addresses: new Map(), now: 41 };
  const file = path.join(place.dataDir, 'package.html');
  const text = [...evidence(db, place.dataDir, request)].join('');
  writeFileSync(file, text);
  const keys = auditVerifier(db, place.dataDir);
  const [present = '', earlier = ''] = keys.split(',');
  const checkpoints = path.join(checkpointsFolder(place.dataDir), '1970-01-01.txt');
  const old = path.join(place.dataDir, 'old.txt');
  writeFileSync(old, checkpoint);
  const verified = (key: string, kept = checkpoints) =>
    execFileSync(process.execPath, [SCRIPT, file, key, kept], { encoding: 'utf8', stdio: 'pipe' });
  expect(verified(keys)).toContain('31 events hold, out of a history of 40');
  expect(verified(keys, old)).toContain('the checkpoint of event 20');
  expect(verified(present)).toContain('the checkpoint of event 40');
  expect(() => verified(earlier)).toThrow('The package is not signed with this key.');
  writeFileSync(file, text.replace('Mail 30.', 'Mail 31.'));
  expect(() => verified(keys)).toThrow('was changed after it was signed');
});

test.each(['sha256', 'sha512-256'] as const)(
  'a backup sealed with %s holds until a byte of it changes',
  (algorithm) => {
    const file = path.join(temporaryFolder(), 'backup.db');
    writeFileSync(file, `data ${unsealed(algorithm)} data`);
    seal(file, algorithm);
    const text = readFileSync(file, 'utf8');
    const [sealed] = text.match(/backup of autoprovision, [\w-]+:[0-9a-f]{64}/) ?? [];
    expect(digestOf(file, sealed)).toBe(sealed);
    writeFileSync(file, text.replace('data', 'date'));
    expect(digestOf(file, sealed)).not.toBe(sealed);
    expect(digestOf(file, sealed?.replace(algorithm, 'md5'))).toBeNull();
  },
);
