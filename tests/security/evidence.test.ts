import { spawn } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { recordEvent } from '#db/store/events/record-event.ts';
import { auditKey } from '#lib/audit/audit-key.ts';
import { auditName, auditVerifier, checkpointsFolder, writeCheckpoint } from '#lib/audit/checkpoints.ts';
import { signNote, verifierKey } from '#lib/audit/signed-note.ts';
import { readEnv } from '#lib/env.ts';
import { exportEvidence } from '#lib/services/history/evidence.ts';
import { temporaryFolder } from '#tests/support/processes.ts';
import { addPerson, addRun, openServicesDatabase, operator } from '#tests/support/services-world.ts';

const SCRIPT = path.join(import.meta.dirname, '..', '..', 'public', 'help', 'verify-evidence.mjs');
const db = openServicesDatabase();
const { dataDir } = readEnv();
const viewer = operator('Viewer');
const folder = temporaryFolder();
const hostile = '</pre><script>alert(1)</script> & "&lt;" — ‮';
const ada = addPerson(db, { displayName: 'Ada <Ahorn>' }).id;
const note = (personId: number, at: number, message: string) =>
  recordEvent(db, { kind: 'person.noted', at, actor: { name: 'Ann', key: 'demo/ann' }, personId, message });

let key: string;
let checkpoints: string;
beforeAll(async () => {
  const other = addPerson(db).id;
  addRun(db, 'r1');
  for (let n = 1; n <= 300; n += 1) note(n % 50 === 0 ? ada : other, n * 1000, n === 50 ? hostile : `Note ${n}.`);
  recordEvent(db, {
    kind: 'run.cancelled',
    at: 301_000,
    actor: viewer,
    runId: 'r1',
    reason: 'cancelled',
    data: { hadStarted: true },
    message: 'x',
  });
  await writeCheckpoint(db, { dataDir, auditFolder: null }, 302_000);
  key = auditVerifier(db, dataDir);
  const [name = ''] = readdirSync(checkpointsFolder(dataDir));
  checkpoints = path.join(checkpointsFolder(dataDir), name);
});

const packageOf = (input: unknown) => [...exportEvidence(viewer, input).pieces].join('');

let files = 0;
/** Runs the script on the text of a package, as a process; gives its exit code and the line that it says. */
async function verified(text: string, keyLine = key, ...more: string[]): Promise<[number | null, string]> {
  files += 1;
  const file = path.join(folder, `${files}.html`);
  writeFileSync(file, text);
  const child = spawn(process.execPath, [SCRIPT, file, keyLine, ...more], { cwd: folder });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data));
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.on('close', resolve);
  return [await promise, said.trim()];
}

test('a package of a person, a run or a time holds, also beside a checkpoint that left before', async () => {
  const person = exportEvidence(viewer, { personId: String(ada) });
  expect(person.name).toBe(`evidence-person-${ada}.html`);
  const text = [...person.pieces].join('');
  expect(text).not.toContain('<script>');
  expect(text).not.toContain('Note 1.');
  // Few hashes prove six events among three hundred.
  expect(text.length).toBeLessThan(40_000);
  const results = await Promise.all([
    verified(text, key, checkpoints),
    verified(packageOf({ runId: 'r1' })),
    verified(packageOf({})),
    verified(packageOf({ from: '1970-01-01', to: '1970-01-01' }), key, checkpoints),
  ]);
  expect(results.map(([code]) => code)).toEqual([0, 0, 0, 0]);
  expect(results.map(([, said]) => said.replace(/, as signed on \S+Z/, ''))).toEqual([
    '6 events hold, out of a history of 302. The history is that of the checkpoint of event 301.',
    '1 event holds, out of a history of 303.',
    '304 events hold, out of a history of 304.',
    '301 events hold, out of a history of 305. The history is that of the checkpoint of event 301.',
  ]);
});

/** Signs a page as the installation does: what the script must find by the hashes alone. */
function signedAnew(page: string, text: string): string {
  const [, , , id, head, time] = (text.split('<!--\n').at(-1) ?? '').split('\n');
  const hash = createHash('sha256').update(page).digest('base64');
  const said = `${[auditName(db), 'evidence', hash, id, head, time].join('\n')}\n`;
  return `${page}<!--\n${signNote(said, auditName(db), auditKey(dataDir))}-->\n`;
}

test('a package that was changed, or is of another history or key, does not hold', async () => {
  const text = packageOf({ personId: ada });
  const page = text.slice(0, text.lastIndexOf('<!--\n'));
  const forged = page.replaceAll('Note 100.', 'Note 101.');
  const [line = ''] = page.match(/\{"id":100,.*\n/) ?? [];
  const pair = generateKeyPairSync('ed25519');
  const elsewhere = path.join(folder, 'other.txt');
  writeFileSync(
    elsewhere,
    signNote(`${auditName(db)}\n301\n${'A'.repeat(43)}=\n2026-11-01T00:00:00.000Z\n`, auditName(db), auditKey(dataDir)),
  );
  const broken: [string, Promise<[number | null, string]>][] = [
    ['was changed after it was signed', verified(text.replaceAll('Note 100.', 'Note 101.'))],
    ['was changed after it was signed', verified(text.replace('<td>Ann', '<td>Bob'))],
    ['was changed after it was signed', verified(text.replace('"earlier":"', '"earlier":"A'))],
    ['is not signed with this key', verified(text.slice(0, -20))],
    // What a browser shows beside the signed page, or instead of it.
    ['is not signed with this key', verified(`${text}<style>table { display: none }</style><p>Note 101.</p>-->\n`)],
    ['is not signed with this key', verified(text.replace(/<!--\n(?=.*\nevidence)/, '<!--\n--><p>Note 101.</p>\n\n'))],
    ['is not signed with this key', verified(text, verifierKey(auditName(db), pair.publicKey))],
    ['Event 100 is not in the history', verified(signedAnew(forged, text))],
    ['Event 100 is not in the history', verified(signedAnew(page.replace(line, ''), text))],
    [
      'Nothing proves that event 999',
      verified(signedAnew(page.replace(line, `${line}${line.replace('{"id":100', '{"id":999')}`), text)),
    ],
    ['is in the package twice', verified(signedAnew(page.replace(line, line + line), text))],
    ['None of these checkpoints', verified(text, key, elsewhere)],
    ['KEY is not the line of a key', verified(text, 'key')],
  ];
  expect(line).not.toBe('');
  for (const [why, result] of broken) expect(await result).toEqual([1, expect.stringContaining(why)]);
});

test('who may not read the history gets none, and each package is itself an event', () => {
  expect(() => exportEvidence(null, {})).toThrow();
  expect(() => exportEvidence(viewer, { personId: 9_999 })).toThrow();
  const text = packageOf({});
  expect(text).toContain('Demo Viewer exported evidence about the history.');
});
