/** Speaks to ClamAV's daemon: one connection for each question, each step within its time. */
import { connect, type Socket } from 'node:net';
import type { ScanVerdict } from '#lib/domain/scan.ts';
import type { ScannerAddress } from '#lib/env.ts';

export interface ScanLimits {
  /** To connect, and for the scanner to take each block. */
  stepMs: number;
  /** For the verdict once it has all bytes; clamd itself gives up after two minutes (`MaxScanTime`). */
  verdictMs: number;
}

export const LIMITS: ScanLimits = { stepMs: 10_000, verdictMs: 150_000 };

/** The scanner gave no verdict. `message` is a clause without a full stop. */
export class ScannerAwayError extends Error {
  override name = 'ScannerAwayError';
  /** Whether it could not even be reached: then it has no verdict on any other file either. */
  readonly isGone: boolean;

  constructor(message: string, isGone: boolean) {
    super(message);
    this.isGone = isGone;
  }
}

/** No answer of ours is longer; what is comes from something else than clamd. */
const ANSWER_BYTES = 4096;

class Conversation {
  readonly #socket: Socket;
  readonly #isOver: Promise<void>;
  #isConnected = false;
  #problem = 'it closed the connection without a verdict';
  #answer = '';

  constructor(address: ScannerAddress) {
    this.#socket = connect('path' in address ? { path: address.path } : { host: address.host, port: address.port });
    this.#socket.once('connect', () => {
      this.#isConnected = true;
    });
    this.#socket.on('data', (block: Buffer) => {
      this.#answer += block.toString('latin1');
      if (this.#answer.length > ANSWER_BYTES) this.#socket.destroy(new Error('it answers something else than clamd'));
      else if (this.#answer.includes('\0')) this.#socket.destroy();
    });
    this.#socket.on('error', (error) => {
      this.#problem = error.message;
    });
    this.#isOver = new Promise((resolve) => this.#socket.on('close', () => resolve()));
  }

  /** Resolves to false where the conversation is over: the answer may have come before all was said. */
  async say(bytes: Uint8Array | string, withinMs: number): Promise<boolean> {
    if (this.#socket.destroyed) return false;
    const late = setTimeout(
      () => this.#socket.destroy(new Error(this.#isConnected ? 'it takes nothing' : 'it does not answer')),
      withinMs,
    );
    const isTaken = new Promise<boolean>((resolve) => this.#socket.write(bytes, (error) => resolve(!error)));
    const went = await Promise.race([isTaken, this.#isOver.then(() => false)]);
    clearTimeout(late);
    return went;
  }

  /** What the scanner said, without the zero byte at its end. Throws `ScannerAwayError`. */
  async answer(withinMs: number): Promise<string> {
    const late = setTimeout(() => this.#socket.destroy(new Error('it gave no verdict in time')), withinMs);
    await this.#isOver;
    clearTimeout(late);
    const end = this.#answer.indexOf('\0');
    if (end >= 0) return this.#answer.slice(0, end);
    throw new ScannerAwayError(this.#problem, !this.#isConnected);
  }

  end(): void {
    this.#socket.destroy();
  }
}

/** Asks one question; throws `ScannerAwayError`. */
async function ask(address: ScannerAddress, question: string, { stepMs }: ScanLimits): Promise<string> {
  const talk = new Conversation(address);
  try {
    await talk.say(`z${question}\0`, stepMs);
    return await talk.answer(stepMs);
  } finally {
    talk.end();
  }
}

/** `ClamAV 1.4.3/27500/…`: program, signatures and their date. Throws `ScannerAwayError`. */
export function versionOf(address: ScannerAddress, limits: ScanLimits = LIMITS): Promise<string> {
  return ask(address, 'VERSION', limits);
}

/** How a signature is named in sentences and stored: it comes from outside. */
function named(signature: string): string {
  return signature.replace(/[^\x21-\x7e]/g, '').slice(0, 200);
}

function verdictOf(answer: string): ScanVerdict {
  if (answer === 'stream: OK') return { kind: 'clean' };
  const [, signature] = /^stream: (.+) FOUND$/.exec(answer) ?? [];
  if (signature) return { kind: 'found', signature: named(signature) };
  if (/^INSTREAM size limit exceeded/.test(answer)) return { kind: 'too_long' };
  throw new ScannerAwayError(`it answers ${JSON.stringify(answer.slice(0, 200))}`, false);
}

/** Has the bytes looked at. Each block is only valid until the next is asked for. Throws `ScannerAwayError`, and what reading throws. */
export async function scanBlocks(
  address: ScannerAddress,
  blocks: AsyncIterable<Uint8Array>,
  limits: ScanLimits = LIMITS,
): Promise<ScanVerdict> {
  const talk = new Conversation(address);
  try {
    let goesOn = await talk.say('zINSTREAM\0', limits.stepMs);
    for await (const block of blocks) {
      if (!goesOn) break;
      const length = Buffer.alloc(4);
      length.writeUInt32BE(block.length);
      goesOn = (await talk.say(length, limits.stepMs)) && (await talk.say(block, limits.stepMs));
    }
    if (goesOn) await talk.say(Buffer.alloc(4), limits.stepMs);
    return verdictOf(await talk.answer(limits.verdictMs));
  } finally {
    talk.end();
  }
}
