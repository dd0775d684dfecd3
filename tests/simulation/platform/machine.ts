/** Puts seeded randomness, the network, the disk and threads of a simulated machine below the product's modules. */
import { EventEmitter } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { ClientSecretCredential } from '@azure/identity';
import Sqlite from 'better-sqlite3';
import { answer } from '#lib/demo/server.ts';
import type { Tenant } from '#lib/demo/tenant/tenant.ts';
import type { TaskMessage } from '#lib/worker/protocol.ts';
import { serve } from '#lib/worker/worker.ts';
import type { Etiquette } from '#tests/simulation/etiquette.ts';
import type { Dice } from './chance.ts';
import { currentProcess, DeadProcessError, kill, type SimulatedProcess, separateGlobals, within } from './process.ts';
import { installVirtualTime, virtualTime } from './virtual-time.ts';

/** What the world does to this machine at the moment. */
export interface Machine {
  dice: Dice;
  tenant: Tenant;
  /** Judges what the tenant is asked. */
  etiquette: Etiquette;
  /** How long a request is on its way, in ms at most, each way. */
  networkMs: number;
  /** How long a task of a thread takes, in ms at most. */
  taskMs: number;
  /** What the next operation on a file below one of these folders fails with; empty: nothing. `call`: only this one. */
  diskFaults: { folder: string; code: string; probability: number; call?: string }[];
  /** So many file operations of the product later, or between two slices of a file, its process is killed; null: not. */
  killAfterOperations: number | null;
}

let machine: Machine | null = null;

export function setMachine(next: Machine): void {
  machine = next;
}

function present(): Machine {
  if (!machine) throw new Error('there is no machine yet');
  return machine;
}

// ---- network -----------------------------------------------------------------------------------------------------------------

interface Init {
  method?: string;
  headers?: HeadersInit;
  body?: string | null;
  signal?: AbortSignal;
}

/** The part of a `Response` that is read, without streams, which would need turns of the real event loop. */
function responseOf(status: number, headers: Record<string, string>, text: string): Response {
  const response = { status, ok: status >= 200 && status < 300, headers: new Headers(headers), text: async () => text };
  return Object.assign(response, { body: { cancel: async () => {} } }) as unknown as Response;
}

/** A request goes to the tenant and is carried out there, whatever becomes of the process that sent it. */
function simulatedFetch(input: string | URL | Request, init: Init = {}): Promise<Response> {
  const process = currentProcess();
  const { tenant, etiquette, dice, networkMs } = present();
  const url = new URL(input instanceof Request ? input.url : input);
  const headers = Object.fromEntries(new Headers(init.headers));
  const request = { method: init.method ?? 'GET', url, headers, text: init.body ?? '' };
  if (process) process.requests += 1;
  const sent = new Promise<Response>((resolve, reject) => {
    const { signal } = init;
    if (signal?.aborted) return reject(signal.reason);
    signal?.addEventListener('abort', () => reject(signal.reason));
    const arrive = (action: () => void) => {
      const deliver = () => process?.isDead || within(process, action);
      virtualTime.after(dice.between(1, networkMs), deliver);
    };
    within(null, () => {
      virtualTime.after(dice.between(1, networkMs), async () => {
        const seen = { ...request, sender: process ?? tenant };
        etiquette.sent(seen);
        const delivered = await answer(tenant, request);
        if (delivered.kind !== 'answer') etiquette.unanswered(seen);
        if (delivered.kind === 'hang') return;
        if (delivered.kind === 'reset') {
          const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
          return arrive(() => reject(new TypeError('fetch failed', { cause })));
        }
        const { status, body, isMalformed } = delivered;
        if (!isMalformed) etiquette.answered(seen, delivered);
        const text = isMalformed ? '{"value":[{"id":' : body === undefined ? '' : JSON.stringify(body);
        arrive(() => resolve(responseOf(status, delivered.headers, text)));
      });
    });
  });
  const done = () => {
    if (process) process.requests -= 1;
  };
  sent.then(done, done);
  return sent;
}

const tokens = new WeakMap<object, { token: string; expiresOnTimestamp: number }>();
const EARLY_MS = 300_000;
const ONE_TRY_MS = 30_000;

/** Where the identity library would open a connection of its own to the authority, it uses this network. Its texts of errors are kept. */
async function simulatedToken(credential: object): Promise<{ token: string; expiresOnTimestamp: number }> {
  const kept = tokens.get(credential);
  if (kept && kept.expiresOnTimestamp - EARLY_MS > virtualTime.now()) return kept;
  const { tenantId, clientId, clientSecret } = CREDENTIALS;
  const form = new URLSearchParams({
    client_id: clientId,
    client_secret: clientSecret,
    grant_type: 'client_credentials',
    scope: `${GRAPH_URL}/.default`,
  });
  const url = `${GRAPH_URL}/${tenantId}/oauth2/v2.0/token`;
  const signal = AbortSignal.timeout(ONE_TRY_MS);
  const response = await simulatedFetch(url, { method: 'POST', body: form.toString(), signal }).catch(() => {
    throw new Error('network_error: the authority cannot be reached');
  });
  const text = await response.text();
  if (response.status === 429 || response.status >= 500) throw new Error(`Http status code: ${response.status}`);
  let body: { access_token?: string; expires_in?: number; error_description?: string };
  try {
    body = JSON.parse(text);
  } catch {
    throw new Error('network_error: the answer cannot be read');
  }
  if (!body.access_token) throw new Error(body.error_description ?? 'the authority returned no token');
  const token = {
    token: body.access_token,
    expiresOnTimestamp: virtualTime.now() + (body.expires_in ?? 0) * 1000,
  };
  tokens.set(credential, token);
  return token;
}

/** Where the tenant is, for the product. */
export const GRAPH_URL = 'http://127.0.0.1:8999';
let CREDENTIALS = { tenantId: '', clientId: '', clientSecret: '' };

// ---- threads -----------------------------------------------------------------------------------------------------------------

/** A thread of intake: the product's own program, in turns with everything else. */
class SimulatedThread extends EventEmitter {
  readonly #port = new EventEmitter();
  readonly #process = currentProcess();
  readonly #databases: Sqlite.Database[] = [];

  constructor(_file: string, { workerData }: { workerData: unknown }) {
    super();
    const port = Object.assign(this.#port, { postMessage: (message: TaskMessage) => this.#deliver(message) });
    const before = new Set(this.#process?.databases);
    serve(port as unknown as Parameters<typeof serve>[0], workerData);
    for (const database of this.#process?.databases ?? []) if (!before.has(database)) this.#databases.push(database);
  }

  postMessage(request: unknown): void {
    const { dice, taskMs } = present();
    if (this.#process) this.#process.tasks += 1;
    virtualTime.after(dice.between(1, taskMs), () => this.#port.emit('message', request));
  }

  /** A turn is given back at once: the thread that asked never works in the middle of a task. */
  #deliver(message: TaskMessage): void {
    if (this.#process?.isDead) throw new DeadProcessError('ended');
    if (message.kind === 'done' || message.kind === 'failed') {
      if (this.#process) this.#process.tasks -= 1;
      virtualTime.after(1, () => this.emit('message', message));
    } else {
      if (message.kind === 'turn') countOperation(this.#process);
      this.emit('message', message);
    }
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  async terminate(): Promise<number> {
    for (const database of this.#databases) {
      this.#process?.databases.delete(database);
      database.close();
    }
    this.emit('exit', 0);
    return 0;
  }
}

// ---- disk --------------------------------------------------------------------------------------------------------------------

const fs = process.getBuiltinModule('node:fs');
const MIGRATIONS = path.join(import.meta.dirname, '..', '..', '..', 'db', 'migrations');

function countOperation(process: SimulatedProcess | null): void {
  const { killAfterOperations } = present();
  if (process === null || killAfterOperations === null) return;
  if (killAfterOperations > 0) {
    present().killAfterOperations = killAfterOperations - 1;
    return;
  }
  present().killAfterOperations = null;
  kill(process);
  throw new DeadProcessError('killed');
}

function failure(code: string, call: string, file: string): Error {
  const message = `${code}: simulated, ${call} '${file}'`;
  return Object.assign(new Error(message), { code, syscall: call, errno: -1, path: file });
}

/** A name below a folder that the product holds open, as the path of that folder. */
function throughDescriptor(file: string): string {
  const [, open, rest = ''] = /^(\/proc\/self\/fd\/\d+)(\/.*)?$/.exec(file) ?? [];
  return open === undefined ? file : `${fs.readlinkSync(open)}${rest}`;
}

/** What the world lets an operation of the product on a file come to, before it is carried out. */
function meetDisk(call: string, target: unknown): void {
  const process = currentProcess();
  if (process === null) return;
  if (process.isDead) throw new DeadProcessError('ended');
  const file = typeof target === 'string' ? throughDescriptor(target) : '';
  if (file.startsWith(MIGRATIONS)) return;
  countOperation(process);
  const { dice, diskFaults } = present();
  for (const { folder, code, probability, call: only = call } of diskFaults)
    if (only === call && file.startsWith(folder) && dice.chance(probability)) throw failure(code, call, file);
}

const CHANGING = [
  'renameSync',
  'rmSync',
  'mkdirSync',
  'openSync',
  'writeFileSync',
  'copyFileSync',
  'linkSync',
] as const;
const BY_DESCRIPTOR = ['writeSync', 'fsyncSync', 'fdatasyncSync', 'readSync'] as const;

function installDisk(): void {
  for (const name of [...CHANGING, ...BY_DESCRIPTOR, 'lstatSync'] as const) {
    const real = fs[name] as (...given: unknown[]) => unknown;
    const call = name.replace('Sync', '');
    Reflect.set(fs, name, (...given: unknown[]) => {
      meetDisk(call, given[0]);
      return real(...given);
    });
  }
  const { readdirSync, readFileSync } = fs;
  Reflect.set(fs, 'readdirSync', (...given: Parameters<typeof readdirSync>) => {
    // No other program runs on this machine.
    if (given[0] === '/proc') return [];
    meetDisk('scandir', given[0]);
    return readdirSync(...given);
  });
  installPromises();
  const kept = new Map<string, unknown>();
  Reflect.set(fs, 'readFileSync', (...given: Parameters<typeof readFileSync>) => {
    const [file, options] = given;
    if (typeof file !== 'string' || !file.startsWith(MIGRATIONS)) return readFileSync(...given);
    const key = `${file} ${JSON.stringify(options)}`;
    if (!kept.has(key)) kept.set(key, readFileSync(...given));
    return kept.get(key);
  });
}

/** Node carries these out in threads of its own, whose time nobody here can tell: they are done at once instead, and the others refused. */
function installPromises(): void {
  const { statSync, chmodSync, appendFileSync, readdirSync } = fs;
  const promises = process.getBuiltinModule('node:fs/promises');
  const operations = Object.entries(promises).filter(([, real]) => typeof real === 'function');
  for (const [name, real] of operations as [string, (...given: unknown[]) => unknown][])
    Reflect.set(promises, name, (...given: unknown[]) => {
      if (currentProcess()) throw new Error(`fs/promises.${name} is not simulated yet`);
      return real(...given);
    });
  Object.assign(promises, {
    stat: async (file: string) => statSync(file),
    chmod: async (file: string, mode: number) => chmodSync(file, mode),
    appendFile: async (...given: Parameters<typeof appendFileSync>) => appendFileSync(...given),
    opendir: async (folder: string) => readdirSync(folder, { withFileTypes: true }),
  });
}

let writes = 0;

/** Changes wherever a statement that may write has been run on any connection: where it did not, no database has changed. */
export const writesSoFar = (): number => writes;

/** Connections are noted with their process, so that they end with it; and statements that may write are counted. */
function installDatabases(): void {
  const { pragma, exec } = Sqlite.prototype;
  const impatient = new WeakSet<Sqlite.Database>();
  Sqlite.prototype.pragma = function (this: Sqlite.Database, ...given: Parameters<typeof pragma>) {
    const isAboutLocks = given[0].startsWith('busy_timeout');
    if (isAboutLocks && this.open && impatient.has(this)) return [];
    currentProcess()?.databases.add(this);
    writes += 1;
    if (!isAboutLocks) return pragma.apply(this, given);
    // All connections share one thread: whoever holds a lock cannot let it go while another waits.
    impatient.add(this);
    return pragma.call(this, 'busy_timeout = 0');
  };
  Sqlite.prototype.exec = function (this: Sqlite.Database, text: string) {
    writes += 1;
    return exec.call(this, text);
  };
  const scratch = new Sqlite(':memory:');
  const statements = Object.getPrototypeOf(scratch.prepare('select 1')) as Record<string, unknown>;
  scratch.close();
  for (const name of ['run', 'get', 'all', 'iterate']) {
    const real = statements[name] as (...given: unknown[]) => unknown;
    statements[name] = function (this: Sqlite.Statement, ...given: unknown[]) {
      // What begins and ends a transaction writes nothing itself, and gives no rows.
      if (!this.readonly || !this.reader) writes += 1;
      return real.apply(this, given);
    };
  }
}

/** Makes this Node process a simulated machine, for good. Call it before the product's code runs. */
export function installMachine(credentials: typeof CREDENTIALS): void {
  CREDENTIALS = credentials;
  installVirtualTime();
  separateGlobals();
  installDatabases();
  installDisk();
  const random = () => present().dice.roll();
  const bytes = (size: number) => {
    const drawn = Buffer.alloc(size);
    for (let n = 0; n < size; n += 1) drawn[n] = Math.floor(random() * 256);
    return drawn;
  };
  const uuid = () => {
    const hex = bytes(16).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
  Math.random = random;
  Object.assign(process.getBuiltinModule('node:crypto'), { randomBytes: bytes, randomUUID: uuid });
  Object.assign(process.getBuiltinModule('node:worker_threads'), { Worker: SimulatedThread });
  Object.assign(process.getBuiltinModule('node:v8'), { setFlagsFromString: () => {} });
  Object.assign(globalThis, { fetch: simulatedFetch });
  ClientSecretCredential.prototype.getToken = function (this: ClientSecretCredential) {
    return simulatedToken(this);
  };
  syncBuiltinESMExports();
}
