/**
 * Time that passes only when it is told to. Timers belong to processes and go by a clock that never jumps, as an operating system's
 * do; `Date` goes by a wall clock that can be set. (A library of fake timers knows neither.)
 */
import { syncBuiltinESMExports } from 'node:module';
import { currentProcess, type SimulatedProcess, within } from './process.ts';

type Action = () => void;

class Timer {
  readonly owner: SimulatedProcess | null;
  readonly run: Action;
  readonly everyMs: number | null;
  readonly delayMs: number;
  at = 0;
  order = 0;
  isOff = false;

  constructor(run: Action, delayMs: number, repeats: boolean) {
    this.owner = currentProcess();
    this.run = run;
    this.delayMs = delayMs;
    this.everyMs = repeats ? delayMs : null;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  refresh(): this {
    schedule(this);
    return this;
  }

  close(): this {
    this.isOff = true;
    return this;
  }

  [Symbol.dispose](): void {
    this.isOff = true;
  }
}

/** A busy machine: polls that are wanted more often come as often as this. It saves most of the work of a simulation. */
const SHORTEST_POLL_MS = 1500;

const RealDate = Date;
const realImmediate = setImmediate;
/** Since the simulation began, ms; never goes back. */
let elapsed = 0;
/** What the wall clock shows beyond that. */
let wallOffset = 0;
let order = 0;
let timers: Timer[] = [];

function schedule(timer: Timer, at = elapsed + timer.delayMs): void {
  timer.at = at;
  timer.order = order++;
  if (!timers.includes(timer)) timers.push(timer);
}

function start(run: Action, delayMs: unknown, repeats: boolean): Timer {
  const ms = Number(delayMs);
  const timer = new Timer(run, Number.isFinite(ms) ? Math.max(1, Math.trunc(ms)) : 1, repeats);
  schedule(timer);
  return timer;
}

function startImmediate(run: Action): Timer {
  const timer = new Timer(run, 0, false);
  schedule(timer);
  return timer;
}

function stop(timer: unknown): void {
  if (timer instanceof Timer) timer.isOff = true;
}

/** One timer fires, in its own process; that of a process that has ended does not. */
function fire(timer: Timer): void {
  if (timer.everyMs === null) timer.isOff = true;
  else schedule(timer, elapsed + timer.everyMs);
  within(timer.owner, timer.run);
}

const isAlive = ({ isOff, owner }: Timer) => !isOff && !owner?.isDead;

function sweep(): void {
  if (timers.some((timer) => !isAlive(timer))) timers = timers.filter(isAlive);
}

const inOrder = (a: Timer, b: Timer) => a.at - b.at || a.order - b.order;

export const virtualTime = {
  /** By the wall clock, ms since 1970. */
  now: () => elapsed + wallOffset,
  elapsed: () => elapsed,

  /** Sets the wall clock; timers do not notice. */
  setWallClock(now: number): void {
    wallOffset = now - elapsed;
  },

  /** A new machine: no timers. */
  begin(now: number): void {
    timers = [];
    elapsed = 0;
    order = 0;
    wallOffset = now;
  },

  /** When the next timer fires, by `elapsed`: any, or only those that are no mere polls. */
  next(which: 'any' | 'once'): number {
    let at = Number.POSITIVE_INFINITY;
    for (const timer of timers)
      if (timer.at < at && isAlive(timer) && (which === 'any' || timer.everyMs === null)) at = timer.at;
    return at;
  },

  /** Fires the next timer; false where there is none up to `until`. */
  step(until: number): boolean {
    sweep();
    let first: Timer | undefined;
    for (const timer of timers) if (!first || inOrder(timer, first) < 0) first = timer;
    if (!first || first.at > until) {
      elapsed = Math.max(elapsed, until);
      return false;
    }
    elapsed = Math.max(elapsed, first.at);
    fire(first);
    return true;
  },

  /** The machine was asleep until then: what is due by then is late, and each timer fires once. */
  sleepUntil(until: number): void {
    elapsed = Math.max(elapsed, until);
    for (const timer of timers) if (timer.at < elapsed) timer.at = elapsed;
  },

  /** A timer of the running process. */
  after: (ms: number, run: Action): void => void start(run, ms, false),

  /** Lets everything run that waits for no timer. */
  settle: () => new Promise<void>((resolve) => realImmediate(resolve)),
};

interface WaitOptions {
  signal?: AbortSignal;
}

function wait<T>(begin: (run: Action) => Timer, value: T, { signal }: WaitOptions = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(Object.assign(new Error('aborted', { cause: signal?.reason }), { name: 'AbortError' }));
    if (signal?.aborted) return fail();
    const timer = begin(() => {
      signal?.removeEventListener('abort', fail);
      resolve(value);
    });
    signal?.addEventListener('abort', () => {
      stop(timer);
      fail();
    });
  });
}

class VirtualDate extends RealDate {
  // biome's rule of useless constructors does not see that the arguments decide.
  constructor(...given: unknown[]) {
    if (given.length === 0) super(virtualTime.now());
    else super(...(given as [number]));
  }

  static override now(): number {
    return virtualTime.now();
  }
}

function timeoutSignal(ms: number): AbortSignal {
  const controller = new AbortController();
  start(() => controller.abort(new DOMException('The operation timed out.', 'TimeoutError')), ms, false);
  return controller.signal;
}

/** So many times a format keeps: the library of the scheduler asks for the same three to six times, and over again when the machine has slept. */
const KEPT_TIMES = 100;

function keepFormattedTimes(): void {
  const { formatToParts } = Intl.DateTimeFormat.prototype;
  const kept = new WeakMap<Intl.DateTimeFormat, Map<number, Intl.DateTimeFormatPart[]>>();
  Intl.DateTimeFormat.prototype.formatToParts = function (this: Intl.DateTimeFormat, date) {
    const at = Number(date ?? virtualTime.now());
    const known = kept.get(this) ?? new Map<number, Intl.DateTimeFormatPart[]>();
    kept.set(this, known);
    const parts = known.get(at) ?? formatToParts.call(this, at);
    if (known.size >= KEPT_TIMES) known.clear();
    known.set(at, parts);
    return [...parts];
  };
}

/** Replaces the timers, the clocks and `AbortSignal.timeout` of this process for good. */
export function installVirtualTime(): void {
  const withArguments =
    (begin: (run: Action) => Timer) =>
    (run: (...given: unknown[]) => void, ...given: unknown[]) =>
      begin(() => run(...given));
  const timing = {
    setTimeout: (run: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) =>
      start(() => run(...given), ms, false),
    setInterval: (run: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) =>
      start(() => run(...given), Math.max(Number(ms), SHORTEST_POLL_MS), true),
    setImmediate: withArguments(startImmediate),
    clearTimeout: stop,
    clearInterval: stop,
    clearImmediate: stop,
  };
  keepFormattedTimes();
  Object.assign(globalThis, timing, { Date: VirtualDate });
  Object.assign(process.getBuiltinModule('node:timers'), timing);
  Object.assign(process.getBuiltinModule('node:timers/promises'), {
    setTimeout: <T>(ms: number, value: T, options?: WaitOptions) =>
      wait((run) => start(run, ms, false), value, options),
    setImmediate: <T>(value: T, options?: WaitOptions) => wait(startImmediate, value, options),
  });
  Object.defineProperty(performance, 'now', { value: () => elapsed, configurable: true });
  Object.defineProperty(AbortSignal, 'timeout', { value: timeoutSignal });
  syncBuiltinESMExports();
}
