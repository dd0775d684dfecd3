/** The web's edge, for route handlers: checks what comes in, and turns results and refusals into responses. */
import { randomUUID } from 'node:crypto';
import { type Refusal, recordRefusal } from '#db/store/system/operators.ts';
import { unwritableBecause } from '#db/unwritable.ts';
import { currentOperator, type Operator } from '#lib/auth/operator.ts';
import { readServerEnv } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import type { Language } from '#lib/words/languages.ts';
import { database } from './database.ts';
import {
  type Localised,
  type Refused,
  RefusedError,
  refusedText,
  ServiceError,
  type ServiceErrorCode,
} from './errors.ts';
import { JsonText } from './json-text.ts';

const STATUS: Record<ServiceErrorCode, number> = {
  unauthenticated: 401,
  forbidden: 403,
  invalid: 400,
  not_found: 404,
  conflict: 409,
  unavailable: 503,
};

/** A workbook of Excel. */
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const JSON_LIMIT_BYTES = 1024 * 1024;

function json(body: unknown, status: number): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}

function jsonBytes(bytes: Uint8Array): Response {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  return new Response(Uint8Array.from(bytes), { headers });
}

/** The body of every response that is not a success. `errorId` finds the line in the server log. */
export interface ErrorBody {
  /** `message` is in English; `said`: the same in the reader's language, where it is another one. */
  error: { code: ServiceErrorCode | 'unexpected'; message: string; said?: string; errorId?: string };
}

/**
 * Runs a handler: its result becomes 200 with JSON (a `Response` or a `JsonText` is sent as it is), a `ServiceError` its
 * status, a database that cannot be written 503 with the reason, anything else 500 with an id and no detail. `language`: the reader’s.
 */
export async function respond(
  work: () => unknown,
  language: () => Language | Promise<Language> = () => 'en',
): Promise<Response> {
  try {
    const result = await work();
    if (result instanceof JsonText) return jsonBytes(result.bytes);
    return result instanceof Response ? result : json(result, 200);
  } catch (error) {
    await tell(error);
    if (error instanceof ServiceError) {
      const { code, sentence } = error;
      return json({ error: { code, ...told(sentence, await language()) } } satisfies ErrorBody, STATUS[code]);
    }
    const errorId = randomUUID();
    log.error({ errorId, err: error }, 'a request failed unexpectedly');
    const reason = unwritableBecause(error);
    const why: Refused = reason === null ? ['unexpected', { id: errorId }] : [reason];
    const code = reason === null ? 'unexpected' : 'unavailable';
    const words = told((one) => refusedText(why, one), await language());
    return json({ error: { code, ...words, errorId } } satisfies ErrorBody, reason === null ? 500 : 503);
  }
}

function told(sentence: Localised, language: Language): { message: string; said?: string } {
  const message = sentence('en');
  return language === 'en' ? { message } : { message, said: sentence(language) };
}

/** Another site made the browser send a request. */
class ForeignOriginError extends ServiceError {
  readonly url: string;

  constructor({ url }: Request) {
    super('forbidden', ['foreignOrigin']);
    this.url = url;
  }
}

function record(operator: Operator, refusal: Refusal): void {
  if (recordRefusal(database(), operator, refusal, Date.now()))
    log.warn({ operator: operator.key, ...refusal.data }, 'an operator was refused something');
}

/** Tells the history and the log what an operator was refused. A stranger writes nothing there. */
async function tell(error: unknown): Promise<void> {
  if (error instanceof RefusedError) record(error.operator, error.refusal);
  if (!(error instanceof ForeignOriginError)) return;
  const operator = await currentOperator();
  if (!operator) return;
  const path = new URL(error.url).pathname;
  const message = `A request to ${path} in the name of ${operator.name} was refused: it came from another site.`;
  record(operator, { data: { why: 'foreign_origin', path }, message });
}

/** A CSV file that is sent while it is generated, slice by slice. */
export function csvDownload(name: string, lines: Iterable<string>): Response {
  return download(name, 'text/csv', lines);
}

/** A file that is sent while it is generated, slice by slice. */
export function download(
  name: string,
  type: 'text/csv' | 'text/html' | 'text/plain',
  slices: Iterable<string>,
): Response {
  const encoder = new TextEncoder();
  const rest = slices[Symbol.iterator]();
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { value, done } = rest.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
  return new Response(stream, { headers: downloadHeaders(name, `${type}; charset=utf-8`) });
}

/** A file that is there as a whole. */
export function bytesDownload({ name, type, bytes }: { name: string; type: string; bytes: BodyInit }): Response {
  return new Response(bytes, { headers: downloadHeaders(name, type) });
}

function downloadHeaders(name: string, type: string): Record<string, string> {
  const quoted = name.replace(/[^\w.-]/g, '_');
  const exact = encodeURIComponent(name);
  return {
    'content-type': type,
    'content-disposition': `attachment; filename="${quoted}"; filename*=UTF-8''${exact}`,
    'cache-control': 'no-store',
  };
}

/** Refuses what another site made the browser send. Browsers set both headers themselves; a page cannot forge them. */
function assertSameOrigin(request: Request): void {
  const site = request.headers.get('sec-fetch-site');
  if (site === 'same-origin') return;
  const origin = URL.parse(request.headers.get('origin') ?? '');
  const isOwn =
    origin !== null &&
    (origin.origin === new URL(readServerEnv().publicUrl).origin || origin.host === request.headers.get('host'));
  if (site !== null || !isOwn) throw new ForeignOriginError(request);
}

async function readBody(request: Request, limitBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limitBytes)
      throw new ServiceError('invalid', ['tooLarge', { megabytes: Math.floor(limitBytes / 1024 / 1024) }]);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function assertType(request: Request, ...types: string[]): void {
  const sent = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!types.includes(sent)) throw new ServiceError('invalid', `The content type must be ${types.join(' or ')}.`);
}

/** The JSON body of a change made by a page of this app. Throws `forbidden` or `invalid`. */
export async function readJson(request: Request): Promise<unknown> {
  assertSameOrigin(request);
  assertType(request, 'application/json');
  try {
    return JSON.parse(Buffer.from(await readBody(request, JSON_LIMIT_BYTES)).toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new ServiceError('invalid', 'The body is not JSON.');
    throw error;
  }
}

/**
 * An uploaded CSV or workbook (the file itself as the body), block by block as it arrives. Throws `forbidden` or `invalid`, also where it is
 * incomplete.
 */
export function fileBody(request: Request): AsyncIterable<Uint8Array> {
  assertSameOrigin(request);
  assertType(request, 'text/csv', XLSX_TYPE);
  const declaredLength = request.headers.get('content-length');
  return complete(request.body ?? [], declaredLength === null ? null : Number(declaredLength));
}

/** A truncated upload could still look like a valid file with fewer people. */
async function* complete(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  declaredBytes: number | null,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const block of body) {
    size += block.byteLength;
    yield block;
  }
  if (declaredBytes !== null && size !== declaredBytes) throw new ServiceError('invalid', ['incomplete']);
}
