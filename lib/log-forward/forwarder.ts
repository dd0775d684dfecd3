/** Sends the log to another system, line by line, beside everything else: a target that is slow or gone costs lines, never time. */
import { readFileSync } from 'node:fs';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { connect as connectTls } from 'node:tls';
import type { LogTarget } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import { syslogFrame } from './syslog.ts';

export interface ForwardLimits {
  /** So much waits for a target that is slow or gone; what comes then is counted and lost. */
  maxLines: number;
  maxBytes: number;
  /** To connect, and for a target to take what was sent. */
  patienceMs: number;
  /** Before the second try; it doubles with each that fails, up to the longest. */
  firstPauseMs: number;
  longestPauseMs: number;
  /** A connection that stands for so long counts as mended. */
  steadyMs: number;
}

const LIMITS: ForwardLimits = {
  maxLines: 10_000,
  maxBytes: 8 * 1024 * 1024,
  patienceMs: 30_000,
  firstPauseMs: 1000,
  longestPauseMs: 60_000,
  steadyMs: 5000,
};

/** Sent at once, so that a flood needs few writes. */
const BLOCK_BYTES = 64 * 1024;

export interface ForwardState {
  /** `tls://logs.example.org:6514` */
  target: string;
  /** Since when and why nothing arrives; null while it does. */
  problem: { since: number; message: string } | null;
  waiting: number;
  /** Lines for which there was no room, since the start. */
  lost: number;
}

export interface Forwarder {
  /** A line as `lib/log.ts` writes it. Returns at once. */
  add(line: string): void;
  state(): ForwardState;
  /** Sends what waits, for at most so long, and ends. */
  close(withinMs: number): Promise<void>;
}

const shared = globalThis as typeof globalThis & {
  autoprovisionForwardLine?: ((line: string) => void) | undefined;
  autoprovisionForwarder?: Forwarder | undefined;
};

/** What becomes of the log of this process; null where it is sent nowhere. */
export function forwardState(): ForwardState | null {
  return shared.autoprovisionForwarder?.state() ?? null;
}

export function addressOf({ protocol, host, port }: LogTarget): string {
  return `${protocol}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Opens a connection; the certificate of the target is always checked. Throws where the file of authorities cannot be read. */
function open({ protocol, host, port, caFile }: LogTarget, onReady: () => void): Socket {
  if (protocol === 'tcp') return connectTcp({ host, port }, onReady);
  const ca = caFile === null ? {} : { ca: readFileSync(caFile) };
  const servername = isIP(host) ? {} : { servername: host };
  return connectTls({ host, port, minVersion: 'TLSv1.2', ...servername, ...ca }, onReady);
}

/** Connects once, and says what is wrong; null where the target answers. */
export function targetProblem(target: LogTarget, patienceMs = 10_000): Promise<string | null> {
  return new Promise((resolve) => {
    try {
      const socket = open(target, () => end(null));
      const end = (problem: string | null) => {
        socket.destroy();
        resolve(problem);
      };
      socket.setTimeout(patienceMs, () => end('no answer in time'));
      socket.on('error', (error) => end(reasonOf(error)));
      socket.on('close', () => resolve('it closed the connection'));
    } catch (error) {
      resolve(reasonOf(error));
    }
  });
}

/** In one line; an error about several addresses has no text of its own. */
function reasonOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? error.errors : [error];
  return (first instanceof Error ? first.message : String(first)).split('\n')[0] ?? '';
}

class Forwarding implements Forwarder {
  readonly #target: LogTarget;
  readonly #limits: ForwardLimits;
  readonly #sender = { hostname: hostname(), pid: process.pid };
  #queue: string[] = [];
  #bytes = 0;
  #lost = 0;
  /** Of these nothing was said yet. */
  #untold = 0;
  #socket: Socket | null = null;
  #isReady = false;
  #isSending = false;
  #isClosed = false;
  #problem: ForwardState['problem'] = null;
  #pauseMs: number;
  #onEmpty: (() => void) | null = null;

  constructor(target: LogTarget, limits: ForwardLimits) {
    this.#target = target;
    this.#limits = limits;
    this.#pauseMs = limits.firstPauseMs;
    this.#connect();
  }

  state(): ForwardState {
    const [problem, waiting, lost] = [this.#problem, this.#queue.length, this.#lost];
    return { target: addressOf(this.#target), problem, waiting, lost };
  }

  add(line: string): void {
    const frame = syslogFrame(line, this.#sender);
    const bytes = Buffer.byteLength(frame);
    const { maxLines, maxBytes } = this.#limits;
    if (this.#isClosed || this.#queue.length >= maxLines || this.#bytes + bytes > maxBytes) {
      this.#lost += 1;
      this.#untold += 1;
      return;
    }
    this.#queue.push(frame);
    this.#bytes += bytes;
    this.#send();
  }

  async close(withinMs: number): Promise<void> {
    if (this.#queue.length > 0)
      await new Promise<void>((resolve) => {
        this.#onEmpty = resolve;
        setTimeout(resolve, withinMs);
      });
    this.#isClosed = true;
    if (shared.autoprovisionForwarder === this) shared.autoprovisionForwarder = undefined;
    this.#socket?.end();
    this.#socket?.unref();
  }

  #connect(): void {
    try {
      const socket = open(this.#target, () => this.#ready(socket));
      this.#socket = socket;
      let problem = 'it closed the connection';
      socket.setTimeout(this.#limits.patienceMs, () => socket.destroy(new Error('no answer in time')));
      socket.setKeepAlive(true, this.#limits.patienceMs);
      // Nothing is kept alive only to be told about.
      socket.unref();
      socket.on('error', (error) => {
        problem = reasonOf(error);
      });
      socket.on('close', () => this.#broke(problem));
      // Receivers of syslog say nothing; one that does is not listened to.
      socket.resume();
    } catch (error) {
      this.#broke(reasonOf(error));
    }
  }

  #ready(socket: Socket): void {
    socket.setTimeout(0);
    this.#isReady = true;
    setTimeout(() => socket === this.#socket && this.#mended(), this.#limits.steadyMs).unref();
    this.#send();
  }

  /** Tries again after a pause; what was not taken is still in the queue. */
  #broke(message: string): void {
    this.#socket = null;
    this.#isReady = false;
    this.#isSending = false;
    if (this.#isClosed) return;
    setTimeout(() => this.#isClosed || this.#connect(), this.#pauseMs).unref();
    this.#pauseMs = Math.min(this.#pauseMs * 2, this.#limits.longestPauseMs);
    if (this.#problem) return;
    this.#problem = { since: Date.now(), message };
    log.warn({ target: addressOf(this.#target), problem: message }, 'the log cannot be sent on; it waits');
  }

  /** One block at a time: the next goes once the system has taken this one, so a slow target holds up the queue and nothing else. */
  #send(): void {
    const socket = this.#socket;
    if (!socket || !this.#isReady || this.#isSending) return;
    if (this.#queue.length === 0) {
      this.#onEmpty?.();
      return;
    }
    let [count, block] = [0, ''];
    while (count < this.#queue.length && block.length < BLOCK_BYTES) block += this.#queue[count++] ?? '';
    this.#isSending = true;
    const late = setTimeout(() => socket.destroy(new Error('it takes nothing')), this.#limits.patienceMs);
    late.unref();
    socket.write(block, (error) => {
      clearTimeout(late);
      if (error || socket !== this.#socket) return;
      this.#isSending = false;
      this.#queue.splice(0, count);
      this.#bytes -= Buffer.byteLength(block);
      this.#tellLost();
      this.#send();
    });
  }

  /** Said where the gap is, there and here, once there is room. */
  #tellLost(): void {
    const lines = this.#untold;
    this.#untold = 0;
    if (lines > 0) log.error({ lines }, 'lines of the log were not sent on: there was no room for them');
  }

  #mended(): void {
    this.#pauseMs = this.#limits.firstPauseMs;
    if (!this.#problem) return;
    this.#problem = null;
    log.info({ target: addressOf(this.#target) }, 'the log is sent on again');
  }
}

/** Sends what is logged in this process from now on to `target`. */
export function forwardLog(target: LogTarget, limits: ForwardLimits = LIMITS): Forwarder {
  const forwarding = new Forwarding(target, limits);
  shared.autoprovisionForwardLine = (line) => forwarding.add(line);
  shared.autoprovisionForwarder = forwarding;
  return forwarding;
}
