/** A real clamd with signatures of our own, where Debian's package is installed; and a small server that speaks its protocol as told. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listenOnLoopback } from '#tests/support/tcp-server.ts';

/** What our own signature finds: harmless, and in no file but ours. */
export const MARKER = 'this-is-the-marker-of-our-own-signature';
export const CLAMD = ['/usr/sbin/clamd', '/usr/local/sbin/clamd'].find((file) => existsSync(file));
export const STREAM_LIMIT = 1024 * 1024;

const hex = (text: string) => Buffer.from(text, 'latin1').toString('hex');

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path: socketPath }, () => resolve(true));
    socket.on('connect', () => socket.destroy());
    socket.on('error', () => resolve(false));
  });
}

/** Starts clamd and gives the path of its socket; the caller ends it. */
export async function startClamd(program: string): Promise<{ socket: string; child: ChildProcess }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'clamd-'));
  const signatures = path.join(folder, 'signatures');
  const [socket, settings] = [path.join(folder, 'clamd.ctl'), path.join(folder, 'clamd.conf')];
  mkdirSync(signatures);
  const eicar = hex('EICAR-STANDARD-ANTIVIRUS-TEST-FILE');
  writeFileSync(path.join(signatures, 'own.ndb'), `Own.Marker:0:*:${hex(MARKER)}\nOwn.Eicar:0:*:${eicar}\n`);
  const lines = { LocalSocket: socket, DatabaseDirectory: signatures, Foreground: 'yes', StreamMaxLength: '1M' };
  writeFileSync(
    settings,
    Object.entries(lines)
      .map(([name, value]) => `${name} ${value}\n`)
      .join(''),
  );
  const child = spawn(program, ['--config-file', settings], { stdio: 'ignore' });
  while (child.exitCode === null && !(await answers(socket))) await new Promise((resolve) => setTimeout(resolve, 50));
  return { socket, child };
}

/** A server on loopback; `onData` gets everything that was sent so far. Ends with the test. */
export function speaking(onData: (socket: Socket, said: Buffer) => void, port = 0) {
  const server = createServer((socket) => {
    let said = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (block: Buffer) => {
      said = Buffer.concat([said, block]);
      onData(socket, said);
    });
  });
  return listenOnLoopback(server, port);
}

/** Whether the stream has come to its end: an empty block. */
const isWhole = (said: Buffer) => said.subarray(-4).equals(Buffer.alloc(4)) && said.length > 'zINSTREAM\0'.length;

/** One that takes a whole stream and finds what has the marker in it. */
export const scanning = (port = 0) =>
  speaking((socket, said) => {
    if (said.includes('zVERSION\0')) socket.end('ClamAV 1.4.3/27500\0');
    else if (isWhole(said)) socket.end(said.includes(MARKER) ? 'stream: Own.Marker FOUND\0' : 'stream: OK\0');
  }, port);
