import { once } from 'node:events';
import { mkdtempSync, type ReadStream, writeFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { withStaticFiles } from '#lib/gate/static-files.ts';
import { compressFiles } from '#lib/setup/compress.ts';

const SCRIPT = `console.log(${JSON.stringify('licence '.repeat(500))});`;
let server: Server;
let handle: ReturnType<typeof withStaticFiles>;

beforeAll(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'static-'));
  writeFileSync(path.join(folder, 'page.js'), SCRIPT);
  writeFileSync(path.join(folder, 'tiny.js'), '1;');
  writeFileSync(path.join(folder, 'picture.png'), Buffer.alloc(2000));
  writeFileSync(path.join(folder, 'large.bin'), Buffer.alloc(5_000_000));
  compressFiles(folder);
  handle = withStaticFiles(folder, (request, response) => response.end(`other: ${request.method} ${request.url}`));
  server = createServer(handle).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});

afterAll(() => server.close());

/** Like `fetch`, but neither unpacks the body nor tidies the address. */
async function ask(
  address: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ answer: IncomingMessage; body: Buffer }> {
  const { port } = server.address() as { port: number };
  const options = { host: '127.0.0.1', port, path: address, headers, method };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => get(options, resolve).on('error', reject));
  return { answer, body: await buffer(answer) };
}

test.each([
  ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
  ['gzip, deflate', 'gzip', gunzipSync],
  ['identity', undefined, (body: Buffer) => body],
])('whoever takes %s gets it', async (accepted, encoding, unpacked) => {
  const { answer, body } = await ask('/_next/static/page.js', { 'accept-encoding': accepted });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-encoding']).toBe(encoding);
  expect(answer.headers).toMatchObject({
    vary: 'Accept-Encoding',
    'content-type': 'application/javascript; charset=UTF-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  });
  expect(unpacked(body).toString()).toBe(SCRIPT);
  expect(Number(answer.headers['content-length'])).toBe(body.length);
});

test('what would not become smaller is served as it is', async () => {
  for (const name of ['tiny.js', 'picture.png']) {
    const { answer } = await ask(`/_next/static/${name}`, { 'accept-encoding': 'gzip, br' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-encoding']).toBeUndefined();
  }
});

test('a browser that has the file is told so', async () => {
  const headers = { 'accept-encoding': 'br' };
  const { answer } = await ask('/_next/static/page.js', headers);
  const again = await ask('/_next/static/page.js', { ...headers, 'if-none-match': String(answer.headers.etag) });
  expect(again.answer.statusCode).toBe(304);
});

test.each([
  ['/people', 'GET'],
  ['/_next/static/missing.js?v=1', 'GET'],
  ['/_next/static/../built-from', 'GET'],
  ['/_next/static/%2e%2e/built-from', 'GET'],
  ['/_next/static/page.js', 'POST'],
])('%s by %s is for the pages, with its address as it came', async (address, method) => {
  const { body } = await ask(address, {}, method);
  expect(body.toString()).toBe(`other: ${method} ${address}`);
});

test.each(['before its file is opened', 'in the middle'])('who leaves %s leaves no file open', async (when) => {
  const isEarly = when.startsWith('before');
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const left = createServer((request, response) => {
    response.once('pipe', (file: ReadStream) => {
      file.once('close', resolve);
      if (!isEarly) file.once('data', () => request.socket.destroy());
    });
    if (isEarly) request.socket.once('close', () => handle(request, response)).destroy();
    else handle(request, response);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void left.close());
  await once(left, 'listening');
  const { port } = left.address() as { port: number };
  get({ host: '127.0.0.1', port, path: '/_next/static/large.bin' }, (answer) => answer.resume()).on('error', () => {});
  await closed;
});
