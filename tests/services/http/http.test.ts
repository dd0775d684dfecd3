import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { storeBody } from '#lib/intake/store-upload.ts';
import { log } from '#lib/log.ts';
import { ServiceError, type ServiceErrorCode, whyNot } from '#lib/services/http/errors.ts';
import { fileBody, readJson, respond } from '#lib/services/http/http.ts';

const APP = 'http://127.0.0.1:3000';
const OWN = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };

const request = (headers: Record<string, string>, body: BodyInit = '{"a":1}') =>
  new Request(`${APP}/api/people/retry`, { method: 'POST', headers, body });

test.each([
  ['unauthenticated', 401],
  ['forbidden', 403],
  ['invalid', 400],
  ['not_found', 404],
  ['conflict', 409],
] as [ServiceErrorCode, number][])('a refusal %s becomes status %i with its sentence', async (code, status) => {
  const response = await respond(() => {
    throw new ServiceError(code, 'Because.');
  });
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({ error: { code, message: 'Because.' } });
});

test('a reader of another language has the sentence in it as well, and a program the English one', async () => {
  const refused = async (why: ConstructorParameters<typeof ServiceError>[1]) => {
    const response = await respond(
      () => {
        throw new ServiceError('conflict', why);
      },
      () => 'de',
    );
    return await response.json();
  };
  expect(await refused(['personClosed', { name: 'Ada' }])).toEqual({
    error: {
      code: 'conflict',
      message: 'Ada is closed. Reopen it first.',
      said: 'Der Fall von Ada ist geschlossen. Öffnen Sie ihn zuerst wieder.',
    },
  });
  expect(await refused('Because.')).toMatchObject({ error: { message: 'Because.', said: 'Because.' } });
});

test('a database that another connection holds is said in words: nothing was changed, try again', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'busy-')), 'autoprovision.db');
  const [own, other] = [openDatabase(file), openDatabase(file)];
  own.$client.pragma('busy_timeout = 10');
  other.$client.exec('begin immediate');
  const change = () => respond(() => own.transaction(() => 'changed', { behavior: 'immediate' }));
  const response = await change();
  expect([response.status, await response.json()]).toMatchObject([
    503,
    { error: { code: 'unavailable', message: expect.stringContaining('nothing was changed') } },
  ]);
  other.$client.exec('rollback');
  expect(await (await change()).json()).toBe('changed');
});

test('an unexpected error gives an id that the log has too, and no detail', async () => {
  const logged = vi.spyOn(log, 'error');
  const response = await respond(() => {
    throw new Error('SELECT password FROM secrets');
  });
  const text = await response.text();
  expect(response.status).toBe(500);
  expect(text).not.toContain('secrets');
  const [entry] = logged.mock.calls[0] ?? [];
  expect(entry).toMatchObject({ errorId: expect.any(String) });
  expect(text).toContain(JSON.parse(text).error.errorId);
  expect(entry).toMatchObject({ errorId: JSON.parse(text).error.errorId });
});

test('answers are never cached', async () => {
  expect((await respond(() => ({ fine: true }))).headers.get('cache-control')).toBe('no-store');
});

test('a change from a page of this app is read', async () => {
  expect(await readJson(request(OWN))).toEqual({ a: 1 });
  expect(await readJson(request({ origin: APP, 'content-type': 'application/json; charset=utf-8' }))).toEqual({ a: 1 });
  const behindProxy = { origin: 'https://app.example', host: 'app.example', 'content-type': 'application/json' };
  expect(await readJson(request(behindProxy))).toEqual({ a: 1 });
});

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ['a sister site', { 'sec-fetch-site': 'same-site', origin: APP }],
  ['another site in an old browser', { origin: 'https://evil.example' }],
  ['a sandboxed page', { origin: 'null' }],
  ['nobody knows where', {}],
])('a change from %s is refused', async (_where, headers) => {
  await expect(readJson(request({ 'content-type': 'application/json', ...headers }))).rejects.toMatchObject({
    code: 'forbidden',
  });
});

test('a change that is not declared as JSON, or is none, is refused', async () => {
  const asForm = { ...OWN, 'content-type': 'text/plain' };
  await expect(readJson(request(asForm))).rejects.toMatchObject({ code: 'invalid' });
  await expect(readJson(request(OWN, '{"a":'))).rejects.toMatchObject({ code: 'invalid' });
});

test('an upload is handed on block by block, and only where a page of this app sends a CSV', async () => {
  let read = '';
  for await (const block of fileBody(request({ ...OWN, 'content-type': 'text/csv' }, 'CN,UPN\n')))
    read += Buffer.from(block).toString();
  expect(read).toBe('CN,UPN\n');
  const cutOff = fileBody(request({ ...OWN, 'content-type': 'text/csv', 'content-length': '8' }, 'CN,UPN\n'));
  await expect(storeBody(path.join(mkdtempSync(path.join(tmpdir(), 'http-')), 'x.csv'), cutOff, 100)).rejects.toThrow(
    'completely',
  );
  expect(() => fileBody(request(OWN))).toThrow('text/csv');
  expect(() => fileBody(request({ origin: 'https://evil.example', 'content-type': 'text/csv' }))).toThrow(ServiceError);
});

test('who may not learns who can, in their own language', () => {
  expect(whyNot('Admin', 'mappings:write', 'en')).toBeNull();
  expect(whyNot('Viewer', 'mappings:write', 'en')).toBe('This needs the role Admin; you have Viewer.');
  expect(whyNot('Viewer', 'mappings:write', 'de')).toBe('Dafür ist die Rolle Admin nötig; Sie haben die Rolle Viewer.');
});
