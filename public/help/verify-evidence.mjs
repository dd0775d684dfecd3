#!/usr/bin/env node
// Verifies an evidence package of AutoProvision, with Node (20 or newer) alone:
//
//   node verify-evidence.mjs FILE KEY [CHECKPOINTS…]
//
// FILE         the package
// KEY          the line that names the key of the installation; ask its administrator for it, not whoever gave you the package
// CHECKPOINTS  files with checkpoints of the history (AUDIT_FOLDER, or the end of report mails): one of them has to be in it
//
// Ends with 0 where all holds, with 1 and one line on standard error where something does not.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const sha256 = (text) => createHash('sha256').update(text).digest('base64');
const NOTE = /((?:[^\n]+\n)+)\n— (\S+) ([A-Za-z0-9+/]+=*)\n/g;

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
  if (bytes.length !== 33 || bytes[0] !== 1 || hash.toString('hex') !== id)
    fail('KEY is not the line of an Ed25519 key.');
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes.subarray(1)]);
  return { name, hash, publicKey: createPublicKey({ key: der, format: 'der', type: 'spki' }) };
}

/** The lines of every signed note in a text that the key has signed. */
function signedNotes(text, key) {
  return [...text.matchAll(NOTE)].flatMap(([, said, name, signed]) => {
    const bytes = Buffer.from(signed, 'base64');
    const isOurs = name === key.name && bytes.subarray(0, 4).equals(key.hash);
    return isOurs && verify(null, Buffer.from(said), key.publicKey, bytes.subarray(4)) ? [said.split('\n')] : [];
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
const key = keyOf(keyLine);

// 1. The whole page is what was signed.
const whole = readFileSync(file, 'utf8');
if (!Buffer.from(whole).equals(readFileSync(file))) fail('The package is not UTF-8.');
const end = whole.lastIndexOf('<!--\n');
const [page, signature] = [whole.slice(0, end), whole.slice(end + 5)];
const [note] = signature.endsWith('-->\n') ? signedNotes(signature.slice(0, -4), key) : [];
if (note?.[1] !== 'evidence' || note[0] !== key.name) fail('The package is not signed with this key.');
const [, , pageHash, headId, headHash, time] = note;
if (sha256(page) !== pageHash) fail('The package was changed after it was signed.');

// 2. Each step is in the history, as each leads from one that is; the first is the newest event.
const lines = partOf(page, 'events');
const events = new Map(lines.map((line) => [JSON.parse(line).id, line]));
if (events.size < lines.length) fail('An event is in the package twice.');
const inHistory = new Set([headHash]);
const proven = new Set();
for (const { id, before, earlier, line } of partOf(page, 'proof').map((text) => JSON.parse(text))) {
  const said = events.has(id) ? sha256(events.get(id)) : line;
  if (!inHistory.has(sha256(`${before ?? ''}\n${earlier ?? ''}\n${said}`))) fail(`Event ${id} is not in the history.`);
  for (const hash of [before, earlier]) if (hash) inHistory.add(hash);
  proven.add(id);
}
for (const id of events.keys()) if (!proven.has(id)) fail(`Nothing proves that event ${id} is in the history.`);

// 3. The history is the one of which somebody else has kept a checkpoint.
const checkpoints = checkpointFiles.flatMap((name) =>
  signedNotes(readFileSync(name, 'utf8').replaceAll('\r\n', '\n'), key),
);
const kept = checkpoints.filter(([, id, hash]) => /^\d+$/.test(id) && inHistory.has(hash)).map(([, id]) => id);
if (checkpointFiles.length > 0 && kept.length === 0)
  fail('None of these checkpoints is in the history of the package.');

const compared = kept.length > 0 ? ` The history is that of the checkpoint of event ${kept.at(-1)}.` : '';
const count = events.size === 1 ? '1 event holds' : `${events.size} events hold`;
process.stdout.write(`${count}, out of a history of ${headId}, as signed on ${time}.${compared}\n`);
