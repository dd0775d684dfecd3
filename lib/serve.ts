/** Serves the app over HTTP and drains it on SIGTERM and SIGINT. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import type { Db } from '#db/client.ts';
import { lookForRoom, type RoomProblem, roomProblem } from '#db/room.ts';
import { prepareAuthEnvironment } from '#lib/auth/session-secret.ts';
import { type DatabaseWatch, watchDatabase } from '#lib/data-folder/database-watch.ts';
import { openSharedDatabase, passingProblem } from '#lib/data-folder/open-data.ts';
import { EnvError, readServerEnv, type ServerEnv } from '#lib/env.ts';
import { behindGate } from '#lib/gate/gate.ts';
import { withStaticFiles } from '#lib/gate/static-files.ts';
import { openWhenPossible, withHealth } from '#lib/gate/waiting-room.ts';
import { forwardLog } from '#lib/log-forward/forwarder.ts';

/** Work in progress gets this long after a signal. */
const DRAIN_MS = 10_000;
/** Whoever takes longer to say what it wants is let go. */
const HEADERS_MS = 20_000;
/** The last lines of the log get this long of it. */
const LAST_LINES_MS = 1000;
const WATCH_MS = 1000;
/** While all is well, every fifth look also tries whether there is room on the disk. */
const LOOKS_FOR_ROOM = 5;
/** What was wrong is over: whoever started the server is to start it again (`EX_TEMPFAIL`). */
const START_AGAIN = 75;
const STATIC_FILES = path.join(process.cwd(), '.next', 'static');

const shared = globalThis as typeof globalThis & { autoprovisionScheduler?: Promise<{ stop(): Promise<void> }> };

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function checkedEnv(): ServerEnv {
  try {
    return readServerEnv();
  } catch (error) {
    if (error instanceof EnvError) fail(error.message);
    throw error;
  }
}

/** The database is opened before anything else: a folder that cannot be used is said in one line, not by every page; a lock is waited for. */
async function openDataFolder(env: ServerEnv): Promise<Db> {
  try {
    return await openWhenPossible({
      open: () => openSharedDatabase(env),
      explain: passingProblem,
      hostname: env.hostname,
      port: env.port,
      onWait: ({ message }) => process.stderr.write(`Waiting for ${env.databaseFile}: ${message}\n`),
    });
  } catch (error) {
    fail(`DATA_DIR ${env.dataDir} cannot be used: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
  }
}

const ROOM_PROBLEMS: Record<RoomProblem, string> = {
  full: 'the disk of the data folder is full, so nothing can be stored.',
  read_only: 'the data folder can only be read, so nothing can be stored.',
  fault: 'nothing can be written to the data folder.',
};

/** What keeps anything from being stored, for whoever watches the service; null: nothing does. */
function unstored(): string | null {
  const problem = roomProblem();
  return problem && ROOM_PROBLEMS[problem];
}

/** A problem is looked at again every second, so that it is over a second after there is room. */
function watchRoom({ dataDir }: ServerEnv): void {
  const file = path.join(dataDir, 'room-to-write');
  let [told, looks]: [RoomProblem | null, number] = [null, 0];
  setInterval(() => {
    looks += 1;
    if (told === null && looks % LOOKS_FOR_ROOM !== 0) return;
    const problem = lookForRoom(file);
    if (problem !== null && problem !== told) process.stderr.write(`Waiting: ${ROOM_PROBLEMS[problem]}\n`);
    told = problem;
  }, WATCH_MS).unref();
}

/** A database that is deleted, moved or replaced under way: said in one line, and the process ends where another file has to be opened. */
function watched(db: Db): DatabaseWatch {
  let told: ReturnType<DatabaseWatch['problem']> = null;
  const watch = watchDatabase(db, (message) => {
    process.stderr.write(`${message} The server ends with code ${START_AGAIN}, to be started again.\n`);
    process.exit(START_AGAIN);
  });
  setInterval(() => {
    watch.look(performance.now());
    const problem = watch.problem();
    if (problem !== null && told === null) process.stderr.write(`Waiting: ${problem.message}\n`);
    told = problem;
  }, WATCH_MS).unref();
  return watch;
}

/** npm passes a signal on to its shell only, which ends without us: under npm the end of the parent counts as the signal. */
function drainWithoutParent(drain: () => void): void {
  const { ppid } = process;
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  setInterval(() => {
    if (process.ppid !== ppid) drain();
  }, 500).unref();
}

/** Checks the settings and starts the server; gives them once it listens. A wrong setting ends the process with one line. */
export async function serve({ dev }: { dev: boolean }): Promise<ServerEnv> {
  const env = checkedEnv();
  const forwarder = env.logForward && forwardLog(env.logForward);
  const { problem } = watched(await openDataFolder(env));
  watchRoom(env);
  prepareAuthEnvironment(env);
  Object.assign(process.env, { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: dev ? 'development' : 'production' });
  // Loaded after NODE_ENV is set: React and Next choose their production build by it.
  const { default: next } = await import('next');
  // Next takes WebSockets from the server it knows, past the gate, and keeps them open: this one listens nowhere.
  const known = dev ? {} : { httpServer: createServer() };
  const app = next({ dev, hostname: env.hostname, port: env.port, ...known });
  await app.prepare();
  const pages = app.getRequestHandler();
  const handle = (request: IncomingMessage, response: ServerResponse) => void pages(request, response);
  const pagesAndFiles = dev ? handle : behindGate(env, withStaticFiles(STATIC_FILES, handle));
  const server = createServer(withHealth(pagesAndFiles, problem, unstored));
  server.headersTimeout = HEADERS_MS;

  let isDraining = false;
  const drain = () => {
    if (isDraining) return;
    isDraining = true;
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    server.close();
    server.closeIdleConnections();
    void Promise.resolve(shared.autoprovisionScheduler)
      .then((scheduler) => scheduler?.stop())
      .then(() => forwarder?.close(LAST_LINES_MS))
      .finally(() => process.exit(0));
  };
  process.on('SIGTERM', drain);
  process.on('SIGINT', drain);
  drainWithoutParent(drain);

  await new Promise<void>((resolve) => {
    server.on('error', (error: NodeJS.ErrnoException) =>
      fail(
        error.code === 'EADDRINUSE'
          ? `PORT ${env.port} is taken by another program: set PORT to a free one.`
          : `The server cannot listen on ${env.hostname}:${env.port}: ${error.message}`,
      ),
    );
    server.listen(env.port, env.hostname, resolve);
  });
  return env;
}
