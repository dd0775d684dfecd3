/** Logs what the gate turns away: the first of each minute, and of the others how many there were, so that a stranger cannot fill the log. */
import type { IncomingMessage } from 'node:http';
import { log, sparingly } from '#lib/log.ts';
import { pathOf, type Refusal } from './check-request.ts';
import { visitorAddress } from './visitor-address.ts';

const LINES = 20;
/** So much of what a stranger wrote is logged. */
const SHOWN = 200;

export type NoteRefusal = (request: IncomingMessage, status: Refusal['status']) => void;

export function refusalLog(): NoteRefusal {
  const line = sparingly(LINES, (requests) => log.warn({ requests }, 'more requests were turned away'));
  return (request, status) =>
    line(() => {
      const { method, url = '', headers } = request;
      // Without the query, which may hold names.
      const said = { path: pathOf(url), host: headers.host ?? '', address: visitorAddress(request) };
      const shown = Object.entries(said).map(([name, text]) => [name, text.slice(0, SHOWN)]);
      log.warn({ status, method, ...Object.fromEntries(shown) }, 'a request was turned away');
    });
}
