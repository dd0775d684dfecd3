/** What a request must look like before anything reads it: host, method, address, and the length of its body. Pure. */
import type { IncomingHttpHeaders } from 'node:http';
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';

export interface Asked {
  method: string;
  /** With the query, as it was sent. */
  url: string;
  headers: IncomingHttpHeaders;
  /** How many of its headers are called Host: of several, Node reads the first, and somebody in front perhaps the last. */
  hosts: number;
}

/** One sentence for whoever asked: in English alone where no browser of ours asks so, or where its page has words of its own (`components/ui/post.ts`). */
export interface Refusal extends Sentence {
  status: 400 | 405 | 408 | 411 | 413 | 421 | 429;
  headers?: Record<string, string>;
}

const KB = 1024;
const METHODS = ['GET', 'HEAD', 'POST'];
/** Sent as they are read, block by block; the service knows their limit. */
const UPLOADS = ['/api/drafts', '/api/files'];
/** A sign-in form is a few hundred bytes; an edit of a long list some hundred kilobytes. */
const AUTHENTICATION_BYTES = 16 * KB;
const JSON_BYTES = KB * KB;

export function pathOf(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? '';
}

export function isUpload(url: string): boolean {
  return UPLOADS.includes(pathOf(url));
}

/** How many bytes the body of a request to this address may have; null: its reader has a limit of its own. */
function bodyLimit(url: string): number | null {
  if (isUpload(url)) return null;
  return pathOf(url).startsWith('/api/auth/') ? AUTHENTICATION_BYTES : JSON_BYTES;
}

/** A letter or a digit, written as nobody has to. */
const NEEDLESS_ESCAPE = /%(?:3\d|[46][1-9a-f]|[57][\da])/i;

/**
 * Whether everybody reads the same path in an address. next-auth takes `%63allback` for `callback`, which the rates do not. Next
 * follows `..`, also as `%2e%2e` or behind a backslash, so that `/api/../people` is a page; browsers have followed it before they
 * ask. It fails where an escape is broken.
 */
function isPlain(url: string): boolean {
  const path = pathOf(url);
  if (NEEDLESS_ESCAPE.test(path)) return false;
  if (!path.startsWith('/') || URL.parse(`http://localhost${path}`)?.pathname !== path) return false;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** Why a request is not passed on; null where it is. `isOurs` tells whether a host, in lower case and with its port, is this server. */
export function refusalOf({ method, url, headers, hosts }: Asked, isOurs: (host: string) => boolean): Refusal | null {
  if (hosts > 1) return { status: 400, message: 'A request has one Host.' };
  if (!isOurs(headers.host?.toLowerCase() ?? '')) return { status: 421, ...sentence('otherName') };
  if (!isPlain(url)) return { status: 400, message: 'The address must be a path of this server.' };
  if (!METHODS.includes(method) || (method === 'POST' && !pathOf(url).startsWith('/api/')))
    return { status: 405, message: `${method} is not possible here.`, headers: { allow: 'GET, HEAD' } };
  return bodyRefusal(method, url, headers);
}

function bodyRefusal(method: string, url: string, headers: IncomingHttpHeaders): Refusal | null {
  const limit = method === 'POST' ? bodyLimit(url) : 0;
  if (limit === null) return null;
  // Node's parser lets no body be longer than it was said to be.
  if (headers['transfer-encoding'] !== undefined)
    return { status: 411, message: 'The length of the body must be said before it comes.' };
  if (Number(headers['content-length'] ?? 0) <= limit) return null;
  return { status: 413, message: `The body is larger than ${limit / KB} KB.` };
}

/**
 * What nobody behind the gate is told: headers by which Next talks to itself, from outside only ever forged, and those that ask
 * for a part of a file, over which sirv and Next fail where it has no such part.
 */
export function isLeftOut(name: string): boolean {
  return /^(?:(?:if-)?range$|x-(?:middleware|nextjs|invoke|now)-|x-matched-path$|next-action$|next-resume$)/.test(name);
}
