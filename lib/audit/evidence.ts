/**
 * Evidence: one signed file that a browser shows and a script verifies without the product. It holds the lines of some events, and the
 * hashes that lead to each of them from the newest event of the history.
 */
import { createHash } from 'node:crypto';
import type { Tx } from '#db/client.ts';
import { newestEvent } from '#db/store/events/check-chain.ts';
import { type EvidenceOf, evidenceIds, proofSteps, readLines } from '#db/store/events/evidence-read.ts';
import { lastRemoved, readRemoved } from '#db/store/events/removed-events.ts';
import { readCheckpointState } from '#db/store/system/checkpoints.ts';
import { CHOSEN, named } from '#lib/domain/algorithms.ts';
import { auditKey } from './audit-key.ts';
import { auditName, auditVerifier } from './checkpoints.ts';
import { signNote } from './signed-note.ts';

export interface EvidenceRequest {
  of: EvidenceOf;
  /** `Ada Ahorn (ada@contoso.example)` */
  about: string;
  /** Who asked for it. */
  by: string;
  /** Of operators, by the stable key. */
  addresses: ReadonlyMap<string, string>;
  now: number;
}

/** A package holds the newest events; so many at most. */
const LIMIT = 20_000;

/** For text between tags. */
const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const utc = (at: number) => new Date(at).toISOString();

const STYLE = `:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; overflow-wrap: anywhere }
table { border-collapse: collapse } th, td { text-align: left; vertical-align: top; padding: 0.25rem 1rem 0.25rem 0 }
td:nth-child(2) { white-space: nowrap }
pre { white-space: pre-wrap }
@media (max-width: 48rem) { body { margin: 1rem } h1 { font-size: 1.5rem } thead { display: none } tr, td { display: block } tr { padding: 0.5rem 0 } }`;

/** The file in pieces. Throws at once where the history is empty or the key cannot be read. */
export function evidence(db: Tx, dataDir: string, request: EvidenceRequest): Iterable<string> {
  const head = newestEvent(db.$client);
  if (!head) throw new Error('the history is empty');
  const ids = evidenceIds(db.$client, request.of, LIMIT + 1).filter((id) => id <= head.id);
  return signed(page(db, dataDir, request, head, ids), (hash) => {
    const said = [auditName(db), 'evidence', hash, head.id, head.hash, utc(request.now)];
    return signNote(`${said.join('\n')}\n`, auditName(db), auditKey(dataDir));
  });
}

/** The pieces, and after them the note about their hash in a comment of HTML. */
function* signed(pieces: Iterable<string>, note: (hash: string) => string): Generator<string> {
  const hash = createHash(CHOSEN.hash);
  for (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
  yield `<!--\n${note(named(CHOSEN.hash, hash.digest('base64')))}-->\n`;
}

function* page(
  db: Tx,
  dataDir: string,
  { about, by, addresses, now }: EvidenceRequest,
  head: { id: number; hash: string },
  found: readonly number[],
): Generator<string> {
  const ids = found.slice(0, LIMIT);
  const ascending = ids.toReversed();
  const more = found.length > LIMIT ? ` There are older ones: a package holds ${LIMIT}.` : '';
  const removed = readRemoved(db.$client);
  const before = removed
    ? ` Retention removed the events ${removed.from} to ${removed.to}, ${removed.events} in all, until ${utc(removed.lastAt)}.`
    : '';
  yield `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Evidence: ${escapeHtml(about)}</title><style>${STYLE}</style></head>
<body>
<h1>Evidence: ${escapeHtml(about)}</h1>
<p>${ids.length} ${ids.length === 1 ? 'event' : 'events'} of the history of <code>${escapeHtml(auditName(db))}</code>, exported by ${escapeHtml(by)} on ${utc(now)}.${more}${before} Times are UTC.</p>
<p>To verify this file: <code>node verify-evidence.mjs FILE KEY [CHECKPOINTS…]</code>. It was signed with the key <code>${escapeHtml(auditVerifier(db, dataDir))}</code>; compare it with the one that you were given.</p>
<table>
<thead><tr><th>Event</th><th>Time</th><th>Who</th><th>What</th><th>Sentence</th></tr></thead>
<tbody>
`;
  for (const { id, at, actor, actorKey, kind, message } of readLines(db.$client, ascending)) {
    const address = actorKey === null ? null : addresses.get(actorKey) || actorKey;
    const cells = [
      String(id),
      utc(at).slice(0, -5).replace('T', ' '),
      address === null ? actor : `${actor} (${address})`,
      kind,
      message,
    ];
    yield `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>\n`;
  }
  yield '</tbody>\n</table>\n<details><summary>The events as they were recorded</summary><pre id="events">\n';
  for (const { line } of readLines(db.$client, ascending)) yield `${escapeHtml(line)}\n`;
  yield '</pre></details>\n<details><summary>The hashes that prove them</summary><pre id="proof">\n';
  const shown = new Set(ids);
  for (const { line, ...step } of proofSteps(db.$client, head.id, proven(db, head.id, ids)))
    yield `${escapeHtml(JSON.stringify(shown.has(step.id) ? step : { ...step, line }))}\n`;
  yield '</pre></details>\n</body>\n</html>\n';
}

/** The events, and the last that a checkpoint has: whoever keeps that checkpoint can see that it belongs to the same history. */
function proven(db: Tx, head: number, ids: readonly number[]): number[] {
  const { eventId } = readCheckpointState(db);
  const isThere = eventId > (lastRemoved(db.$client)?.id ?? 0) && eventId <= head;
  const all = isThere ? [...ids, eventId] : ids;
  return [...new Set(all)].toSorted((a, b) => b - a);
}
