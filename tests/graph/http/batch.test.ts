/** What is odd in one response of a batch says nothing about the others. */
import { describe, expect, test } from 'vitest';
import { readBatch, type SubRequest } from '#lib/graph/http/batch.ts';
import type { RoundTrip } from '#lib/graph/http/transport.ts';

const GET: SubRequest = { method: 'GET', url: '/organization', label: 'GET /organization', units: 1 };
const POST: SubRequest = { ...GET, method: 'POST', url: '/users/1/assignLicense', label: 'POST' };
const RECORD = {
  call: 'POST /$batch',
  status: 200,
  code: null,
  said: null,
  requestId: null,
  clientRequestId: 'a',
  at: 0,
  durationMs: 1,
};

function answered(responses: unknown[], group: SubRequest[] = [GET, GET]) {
  const body = { responses };
  const answer: RoundTrip = {
    kind: 'answered',
    status: 200,
    headers: new Headers(),
    body,
    record: RECORD,
    dropToken() {},
  };
  return readBatch(answer, group, ['a', 'b']).results.map((one) =>
    one.kind === 'answered' ? one.status : `${one.kind}: ${'why' in one ? one.why : ''}`,
  );
}

const ok = (id: unknown) => ({ id, status: 200, body: { value: [] } });

test('ids may be numbers', () => {
  expect(answered([ok(2), ok(1)])).toEqual([200, 200]);
});

test.each([[{ id: '1' }], [{ id: '1', status: 'fine' }], [null], ['text']])(
  'a response that cannot be read (%j) is as if it were missing; the other counts',
  (odd) => {
    expect(answered([odd, ok('2')])).toEqual([expect.stringMatching(/^lost: no answer/), 200]);
  },
);

test('an id that nobody asked about is passed over', () => {
  expect(answered([ok('1'), ok('2'), ok('77')])).toEqual([200, 200]);
});

test('two answers to one request count only where they agree', () => {
  const responses = [
    ok('1'),
    ok('1'),
    ok('2'),
    { id: '2', status: 404, body: { error: { code: 'ResourceNotFound' } } },
  ];
  expect(answered(responses)).toEqual([200, expect.stringMatching(/^lost: two different/)]);
});

describe('an error under a status of success', () => {
  const error = (code: string, message: string) => ({ id: '1', status: 200, body: { error: { code, message } } });

  test('is the error to a read, and to a write whose refusal is understood', () => {
    expect(answered([error('MailboxNotEnabledForRESTAPI', '')], [GET])).toEqual([400]);
    expect(answered([error('x', 'plans a, b are mutually exclusive')], [POST])).toEqual([400]);
  });

  test('leaves a write in doubt that it does not explain', () => {
    expect(answered([error('UnknownError', '')], [POST])).toEqual([expect.stringMatching(/^lost: .*UnknownError/)]);
  });
});
