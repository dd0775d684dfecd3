import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scannerFinding } from '#lib/engine/doctor/outside-checks.ts';
import { LIMITS, scanBlocks, versionOf } from '#lib/scan/clamd.ts';
import { CLAMD, MARKER, STREAM_LIMIT, scanning, speaking, startClamd } from './clamd-server.ts';

async function* blocks(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

const at = (port: number) => ({ host: '127.0.0.1', port });

describe.skipIf(!CLAMD)('a real clamd', () => {
  let daemon: { socket: string; child: ChildProcess };
  beforeAll(async () => {
    daemon = await startClamd(CLAMD ?? '');
  }, 30_000);
  afterAll(() => void daemon.child.kill());

  test('finds what its signatures name, also across two blocks, and lets the rest pass', async () => {
    const address = { path: daemon.socket };
    expect(await scanBlocks(address, blocks('CN,UserPrincipalName\n', 'Zoë,zoe@contoso.example\n'))).toEqual({
      kind: 'clean',
    });
    const found = { kind: 'found', signature: 'Own.Marker.UNOFFICIAL' };
    expect(await scanBlocks(address, blocks(`CN\n${MARKER.slice(0, 9)}`, MARKER.slice(9)))).toEqual(found);
    expect(await versionOf(address)).toMatch(/^ClamAV \d/);
  });

  test('lets nothing pass that is longer than it takes: it says so, or hangs up first', async () => {
    const block = 'x'.repeat(64 * 1024);
    const many = Array.from({ length: (4 * STREAM_LIMIT) / block.length }, () => block);
    const said = await scanBlocks({ path: daemon.socket }, blocks(...many)).catch((error: Error) => error.name);
    expect([{ kind: 'too_long' }, 'ScannerAwayError']).toContainEqual(said);
  });

  test('finds the test file, so the set-up test is content', async () => {
    expect(await scannerFinding({ scanner: { path: daemon.socket } })).toMatchObject({ status: 'ok' });
  });
});

describe('what speaks its protocol', () => {
  test('is believed', async () => {
    const { port } = await scanning();
    expect(await scanBlocks(at(port), blocks('a', 'b'))).toEqual({ kind: 'clean' });
    expect(await scanBlocks(at(port), blocks(MARKER))).toEqual({ kind: 'found', signature: 'Own.Marker' });
  });

  test('may say that a stream is too long before all of it was sent', async () => {
    const { port } = await speaking((socket, said) => {
      if (said.length > 1000) socket.write('INSTREAM size limit exceeded. ERROR\0');
    });
    expect(await scanBlocks(at(port), blocks(...Array.from({ length: 50 }, () => 'x'.repeat(900))))).toEqual({
      kind: 'too_long',
    });
  });

  test('names no signature that could deceive', async () => {
    const { port } = await speaking((socket) => void socket.end('stream: A\u001b[31m \u0007B FOUND\0'));
    expect(await scanBlocks(at(port), blocks('x'))).toEqual({ kind: 'found', signature: 'A[31mB' });
  });
});

describe('no verdict', () => {
  const cases: [string, string, Parameters<typeof speaking>[0], typeof LIMITS?][] = [
    ['from one that breaks off', 'ECONNRESET', (socket) => void socket.resetAndDestroy()],
    ['from one that closes', 'it closed the connection without a verdict', (socket) => void socket.end()],
    ['from one that says nothing', 'it gave no verdict in time', () => {}, { ...LIMITS, verdictMs: 200 }],
    [
      'from one that fails',
      'it answers "stream: no memory ERROR"',
      (socket) => void socket.end('stream: no memory ERROR\0'),
    ],
    ['from something else', 'it answers something else than clamd', (socket) => void socket.write('x'.repeat(10_000))],
  ];
  test.each(cases)('%s', async (_who, message, onData, limits = LIMITS) => {
    const { port } = await speaking(onData);
    await expect(scanBlocks(at(port), blocks('x'), limits)).rejects.toMatchObject({
      name: 'ScannerAwayError',
      isGone: false,
      message: expect.stringContaining(message),
    });
  });

  test('from one that takes nothing', async () => {
    const { port } = await speaking((socket) => void socket.pause());
    const long = Array.from({ length: 400 }, () => 'x'.repeat(64 * 1024));
    await expect(scanBlocks(at(port), blocks(...long), { ...LIMITS, stepMs: 200 })).rejects.toThrow('it takes nothing');
  });

  test('from nobody: then it is gone for every file, and the set-up test has failed', async () => {
    const { port, close } = await scanning();
    await close();
    await expect(scanBlocks(at(port), blocks('x'))).rejects.toMatchObject({ isGone: true });
    await expect(scanBlocks({ path: '/nowhere/clamd.ctl' }, blocks('x'))).rejects.toMatchObject({ isGone: true });
    expect(await scannerFinding({ scanner: at(port) })).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('no file is accepted'),
    });
  });
});

test('a scanner without signatures is told of', async () => {
  const { port } = await scanning();
  expect(await scannerFinding({ scanner: at(port) })).toMatchObject({
    status: 'warning',
    message: expect.stringContaining('does not find the test file'),
  });
});
