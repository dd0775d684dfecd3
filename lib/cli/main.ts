/** `npm run cli -- COMMAND`: the same engine from the command line, also while the server runs. stdout carries only the result. */
import '#lib/setup/env-file.ts';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Db } from '#db/client.ts';
import { listPeople } from '#db/store/people/all-people.ts';
import { checkHistory } from '#lib/audit/check-history.ts';
import { backUp } from '#lib/data-folder/backup.ts';
import { identityFrom } from '#lib/data-folder/open-data.ts';
import { restore } from '#lib/data-folder/restore.ts';
import { PERSON_STATES } from '#lib/domain/states.ts';
import { type Env, readEnv } from '#lib/env.ts';
import { newId } from '#lib/ids.ts';
import { rejectedLines } from '#lib/intake/import.ts';
import type { ImportedFile, Progress } from '#lib/intake/import-request.ts';
import { type ScannedBytes, scannedBytes } from '#lib/intake/malware.ts';
import { scannerAt } from '#lib/scan/scanner.ts';
import { inThread } from '#lib/worker/thread.ts';
import { Exit, oneLine, openData, plain, print, printJson } from './command.ts';
import { type FileWithRejections, fileJson, historyJson, historyLines, personJson } from './json.ts';

const USAGE = `Usage: npm run cli -- COMMAND
  cycle [--json] [--dry-run] [--all]   run one cycle now
  import FILE… [--json]                import CSV files and workbooks (.xlsx)
  people [--state STATE] [--json]      list people
  backup FILE                          write a backup while the server runs
  restore FILE                         put a backup in place of the data; stop the server first
  audit verify [--json]                check that nobody changed the history
  doctor [--json]                      test the set-up and say how to correct it`;

async function importFiles(env: Env, files: readonly string[], flags: { json: boolean }): Promise<void> {
  if (files.length === 0) throw new Exit(2, USAGE);
  const db = openData(env);
  try {
    const imported: FileWithRejections[] = [];
    for (const file of files) {
      const result = await importFile(db, env, file);
      imported.push({ ...result, rejected: rejectedLines(db, result.id) });
    }
    if (flags.json) printJson({ files: imported.map(fileJson) });
    else
      for (const file of imported)
        print(
          `${file.name}: ${file.status}, ${file.rows} rows = ${file.accepted} accepted + ${file.duplicates} duplicates + ${file.rejected.length} rejected`,
        );
    const rejected = imported.filter((file) => file.status === 'rejected');
    if (rejected.length > 0)
      throw new Exit(1, rejected.map((file) => `${file.name} was rejected: ${file.problem?.message}`).join(' '));
  } finally {
    db.$client.close();
  }
}

/** What the malware scanner says of the file; null: there is no scanner. */
async function scanFile({ scanner }: Env, file: string): Promise<ScannedBytes | null> {
  let source: number;
  try {
    source = openSync(file, 'r');
  } catch (error) {
    throw new Exit(1, `${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  try {
    const scanned = await scannerAt(scanner)?.(source);
    if (scanned?.kind === 'away')
      throw new Exit(1, `${file} was not imported: the malware scanner gives no verdict (${scanned.why}).`);
    return scanned ? scannedBytes(scanned) : null;
  } finally {
    closeSync(source);
  }
}

async function importFile(db: Db, env: Env, file: string): Promise<ImportedFile> {
  const scanned = await scanFile(env, file);
  const now = Date.now();
  const id = newId(now);
  const name = path.basename(file);
  const onProgress = process.stderr.isTTY
    ? ({ rows, total }: Progress) => void process.stderr.write(`\r${name}: ${rows} of ${total} rows imported`)
    : undefined;
  const imported = await inThread(
    db,
    'importCopy',
    {
      dataDir: env.dataDir,
      scanned,
      from: path.resolve(file),
      id,
      storedName: `${id}.csv`,
      name,
      now,
      sourceKind: 'command_line',
      receivedFrom: 'command line',
    },
    { onProgress },
  );
  if (onProgress) process.stderr.write('\r\x1b[K');
  return imported;
}

function people(env: Env, state: string | undefined, flags: { json: boolean }): void {
  const wanted = PERSON_STATES.find((candidate) => candidate === state);
  if (state !== undefined && !wanted)
    throw new Exit(2, `There is no state "${state}". States: ${PERSON_STATES.join(', ')}.`);
  const db = openData(env);
  try {
    const list = listPeople(db, wanted ?? null);
    if (flags.json) printJson(list.map(personJson));
    else for (const person of list) print(`${person.state}: ${person.message} [${person.userPrincipalName}]`);
  } finally {
    db.$client.close();
  }
}

function audit(env: Env, [verb, ...more]: readonly string[], flags: { json: boolean }): void {
  if (verb !== 'verify' || more.length > 0) throw new Exit(2, USAGE);
  const db = openData(env);
  try {
    const check = checkHistory(db, env);
    if (flags.json) printJson(historyJson(check));
    else for (const line of historyLines(check)) print(line);
    const [first] = check.problems;
    if (first) throw new Exit(1, first.message);
  } finally {
    db.$client.close();
  }
}

function oneFile(files: readonly string[]): string {
  const [file] = files;
  if (file === undefined || files.length > 1) throw new Exit(2, USAGE);
  return path.resolve(file);
}

async function backup(env: Env, files: readonly string[]): Promise<void> {
  const file = oneFile(files);
  openData(env).$client.close();
  const { people, uploads } = await backUp({ ...env, file, now: Date.now() });
  print(`${file} holds ${people} people and ${uploads} uploaded files, and was read through.`);
}

function restoreBackup(env: Env, files: readonly string[]): void {
  const file = oneFile(files);
  const { madeAt, people, replaced } = restore({ ...env, file, identity: identityFrom(env), now: Date.now() });
  print(`Restored ${people} people as of ${new Date(madeAt).toISOString()}.`);
  if (replaced) print(`What was there before is in ${replaced}.`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      state: { type: 'string' },
    },
  });
  const [command, ...rest] = positionals;
  const env = readEnv();
  switch (command) {
    case 'cycle':
      return (await import('./with-graph.ts')).cycle(env, {
        json: values.json,
        dryRun: values['dry-run'],
        all: values.all,
      });
    case 'import':
      return importFiles(env, rest, values);
    case 'people':
      return people(env, values.state, values);
    case 'backup':
      return backup(env, rest);
    case 'restore':
      return restoreBackup(env, rest);
    case 'audit':
      return audit(env, rest, values);
    case 'doctor':
      return (await import('./with-graph.ts')).doctor(env, values);
    default:
      throw new Exit(2, USAGE);
  }
}

try {
  await main();
} catch (error) {
  const isWrongCall = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`${plain(isWrongCall ? `${error.message}\n${USAGE}` : oneLine(error))}\n`);
  process.exitCode = error instanceof Exit ? error.code : isWrongCall ? 2 : 1;
}
