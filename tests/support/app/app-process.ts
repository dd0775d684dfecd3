/** The built app as a process of its own, as `npm start` runs it. */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

export const ROOT = path.join(import.meta.dirname, '..', '..', '..');

const scriptsSchema = z.object({ scripts: z.object({ start: z.string(), cli: z.string() }) });

/** What `npm start` or `npm run cli` gives to Node: how large the heap may grow, and the file. */
export function scriptArguments(root: string, script: 'start' | 'cli'): string[] {
  const { scripts } = scriptsSchema.parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
  return scripts[script].split(' ').slice(1);
}

export interface AppProcess {
  url: string;
  pid: number;
  /** Everything the process wrote to its log so far. */
  log(): string;
  /** Sends SIGTERM and gives the exit code. */
  stop(): Promise<number | null>;
}

/**
 * A port for a server that is started later. Drawn from below 32768: from there on, Linux gives ports to outgoing
 * connections, so that one that was free a second ago is another test's connection when the server starts.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_768);
    const probe = createServer().listen(port, '127.0.0.1');
    try {
      await once(probe, 'listening');
    } catch {
      continue;
    }
    const closed = once(probe, 'close');
    probe.close();
    await closed;
    return port;
  }
}

/** Starts the server and waits until it listens. Throws with its last words where it ends instead. */
export async function startApp(env: Record<string, string>, root = ROOT): Promise<AppProcess> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, scriptArguments(root, 'start'), {
    cwd: root,
    env: { PATH, HOME, NODE_ENV: 'production', LOG_LEVEL: 'info', FILE_SETTLE_MS: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const listening = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = /listens on (http\S+)/.exec(line)?.[1];
      if (url) resolve(url);
    });
  });
  const url = await Promise.race([
    listening,
    exit.then(([code]) => {
      throw new Error(`the app ended with ${code}: ${said}`);
    }),
  ]);
  return {
    url,
    pid: child.pid ?? 0,
    log: () => said,
    async stop() {
      child.kill('SIGTERM');
      const [code] = await exit;
      return code;
    },
  };
}

/** Starts the server where it is expected to refuse: gives exit code and what it said. */
export async function startRefused(env: Record<string, string>): Promise<{ code: number | null; stderr: string }> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [path.join(ROOT, 'lib', 'server.ts')], {
    cwd: ROOT,
    env: { PATH, HOME, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'exit') as Promise<[number | null]>]);
  return { code, stderr };
}
