#!/usr/bin/env node
// Verifies an evidence package of AutoProvision, with Node (20 or newer) alone:
//
//   node verify-evidence.mjs FILE KEY [CHECKPOINTS…]
//
// FILE         the package
// KEY          the line with the keys of the installation; ask its administrator for it, not whoever gave you the package
// CHECKPOINTS  files with checkpoints of the history (AUDIT_FOLDER, or the end of report mails): one of them has to be in it
//
// Ends with 0 where all holds, with 1 and one line on standard error where something does not.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

// Digests and keys name their algorithm; a digest without a name is SHA-256.
const HASHES = ['sha256', 'sha512-256'];
const digest = (name, text) => (name === HASHES[0] ? '' : `${name}:`) + createHash(name).update(text).digest('base64');
const KEYS = [
  { mark: Buffer.from([1]), spki: '302a300506032b6570032100', bytes: 32 },
  { mark: Buffer.from('\xffed448', 'latin1'), spki: '3043300506032b6571033a00', bytes: 57 },
];
const NOTE = /((?:[^\n]+\n)+)\n— (\S+) ([A-Za-z0-9+/]+=*)\n/g;
// All that follows the page: a browser would show what stands beside the note.
const END = new RegExp(`^${NOTE.source}-->\n$`);

function fail(why) {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}

/** The public key in a line `name+hash+key`, with the hash that signatures begin with. */
function keyOf(line) {
  const [, name, id, base64] =
    /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(line ?? '') ?? fail('KEY is not the line of a key.');
  const bytes = Buffer.from(base64, 'base64');
  const hash = createHash('sha256').update(`${name}\n`).update(bytes).digest().subarray(0, 4);
  const is = ({ mark, bytes: n }) => bytes.length === mark.length + n && bytes.subarray(0, mark.length).equals(mark);
  const type = KEYS.find(is) ?? fail('KEY is of an algorithm that this script does not know.');
  if (hash.toString('hex') !== id) fail('KEY is not the line of a key.');
  const der = Buffer.concat([Buffer.from(type.spki, 'hex'), bytes.subarray(type.mark.length)]);
  return { name, hash, publicKey: createPublicKey({ key: der, format: 'der', type: 'spki' }) };
}

/** The lines of every signed note in a text that one of the keys has signed. */
function signedNotes(text) {
  return [...text.matchAll(NOTE)].flatMap(([, said, name, signed]) => {
    const bytes = Buffer.from(signed, 'base64');
    const isOf = (key) => name === key.name && bytes.subarray(0, 4).equals(key.hash);
    const isSigned = keys.some((key) => isOf(key) && verify(null, Buffer.from(said), key.publicKey, bytes.subarray(4)));
    return isSigned ? [said.split('\n')] : [];
  });
}

/** The lines of a part of the page. */
function partOf(page, id) {
  const start = `<pre id="${id}">\n`;
  const from = page.indexOf(start) + start.length;
  if (from < start.length || page.indexOf(start, from) !== -1) fail(`The package has no part “${id}”, or two.`);
  const text = page.slice(from, page.indexOf('</pre>', from));
  const plain = text.replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
  return plain.split('\n').filter(Boolean);
}

const [file, keyLine, ...checkpointFiles] = process.argv.slice(2);
if (!file || !keyLine) fail('Usage: node verify-evidence.mjs FILE KEY [CHECKPOINTS…]');
const keys = keyLine.split(',').map(keyOf);

// 1. The whole page is what was signed.
const whole = readFileSync(file, 'utf8');
if (!Buffer.from(whole).equals(readFileSync(file))) fail('The package is not UTF-8.');
const end = whole.lastIndexOf('<!--\n');
const [page, signature] = [whole.slice(0, end), whole.slice(end + 5)];
const [note] = END.test(signature) ? signedNotes(signature) : [];
if (note?.[1] !== 'evidence' || note[0] !== keys[0].name) fail('The package is not signed with this key.');
const [, , pageHash, headId, headHash, time] = note;
if (!HASHES.some((name) => digest(name, page) === pageHash)) fail('The package was changed after it was signed.');

// 2. Each step is in the history, as each leads from one that is; the first is the newest event.
const lines = partOf(page, 'events');
const events = new Map(lines.map((line) => [JSON.parse(line).id, line]));
if (events.size < lines.length) fail('An event is in the package twice.');
const inHistory = new Set([headHash]);
const proven = new Set();
for (const { id, before, earlier, line } of partOf(page, 'proof').map((text) => JSON.parse(text))) {
  const isStep = HASHES.some((name) => {
    const said = events.has(id) ? digest(name, events.get(id)) : line;
    return inHistory.has(digest(name, `${before ?? ''}\n${earlier ?? ''}\n${said}`));
  });
  if (!isStep) fail(`Event ${id} is not in the history.`);
  for (const hash of [before, earlier]) if (hash) inHistory.add(hash);
  proven.add(id);
}
for (const id of events.keys()) if (!proven.has(id)) fail(`Nothing proves that event ${id} is in the history.`);

// 3. The history is the one of which somebody else has kept a checkpoint.
const checkpoints = checkpointFiles.flatMap((name) => signedNotes(readFileSync(name, 'utf8').replaceAll('\r\n', '\n')));
const kept = checkpoints.filter(([, id, hash]) => /^\d+$/.test(id) && inHistory.has(hash)).map(([, id]) => id);
if (checkpointFiles.length > 0 && kept.length === 0)
  fail('None of these checkpoints is in the history of the package.');

const compared = kept.length > 0 ? ` The history is that of the checkpoint of event ${kept.at(-1)}.` : '';
const count = events.size === 1 ? '1 event holds' : `${events.size} events hold`;
process.stdout.write(`${count}, out of a history of ${headId}, as signed on ${time}.${compared}\n`);
