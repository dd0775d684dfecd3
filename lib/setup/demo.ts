/** `npm run demo`: builds if needed, puts the sample files into the drop folder once, and starts everything on the demo tenant. */
import './env-file.ts';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { placeSamples } from '#lib/demo/sample-files.ts';
import { EnvError, readEnv } from '#lib/env.ts';
import { buildIfChanged } from './build.ts';
import { startProgram } from './program.mjs';

/** Low enough that the sample people show what the safety limit does. */
const DEMO_SAFETY_LIMIT = '32';
/** When the IDM names some of the people again. */
const LATER_MS = 4 * 60_000;

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

async function choosePort(): Promise<string> {
  for (let port = 3000; port < 3100; port += 1) if (await isFree(port)) return String(port);
  return '3000';
}

if (process.env.TENANT_MODE && process.env.TENANT_MODE !== 'demo') {
  process.stderr.write(
    'TENANT_MODE is set to something else than demo: `npm run demo` runs only on the demo tenant.\n',
  );
  process.exit(1);
}
const defaults = {
  TENANT_MODE: 'demo',
  SAFETY_LIMIT: DEMO_SAFETY_LIMIT,
  FILE_SETTLE_MS: '2000',
  REPORT_FROM: 'autoprovision@contoso.example',
  REPORT_TO: 'helpdesk@contoso.example',
  LOG_LEVEL: 'warn',
  PORT: process.env.PORT ?? (await choosePort()),
};
for (const [name, value] of Object.entries(defaults)) process.env[name] ??= value;

try {
  const { dropFolder, databaseFile } = readEnv();
  buildIfChanged();
  // Once per data folder: a second start finds its people where they were.
  const isFirst = !existsSync(databaseFile);
  if (isFirst) for (const set of ['', 'field'] as const) placeSamples(dropFolder, Date.now(), set);
  await startProgram('server');
  if (isFirst) setTimeout(() => placeSamples(dropFolder, Date.now(), 'later'), LATER_MS).unref();
  process.stdout.write(
    [
      'It runs on the demo tenant. Sign in there as Viewer, Operator or Admin: one click, no password. Nothing in it is real.',
      `Drop CSV files into ${path.relative(process.cwd(), dropFolder) || dropFolder}. A cycle runs every minute. Ctrl-C stops everything.`,
      '',
    ].join('\n'),
  );
} catch (error) {
  if (!(error instanceof EnvError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
