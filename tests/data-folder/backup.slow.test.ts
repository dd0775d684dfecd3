import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { settings } from '#db/schema/system.ts';
import { snapshotBeforeUpdate } from '#db/snapshot.ts';
import { readBackupState } from '#db/store/system/backups.ts';
import { claimDatabase, type Identity } from '#db/store/system/identity.ts';
import { saveSettings } from '#db/store/system/settings.ts';
import { BackupError, backUp } from '#lib/data-folder/backup.ts';
import { restore } from '#lib/data-folder/restore.ts';
import { seal, unsealed } from '#lib/data-folder/seal.ts';
import { backUpDaily } from '#lib/engine/daily-backup.ts';
import { readEnv } from '#lib/env.ts';
import { importCopy } from '#lib/intake/upload.ts';
import { cli, temporaryFolder } from '#tests/support/processes.ts';
import { crowd, csvOf } from '#tests/support/seeds.ts';

const NOW = Date.UTC(2026, 10, 27, 12);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TENANT: Identity = { mode: 'entra', tenantId: '11111111-1111-1111-1111-111111111111' };
const RESTORE_AND_DIE = path.join(import.meta.dirname, 'restore-and-die.ts');

interface Installation {
  dataDir: string;
  databaseFile: string;
}

/** A data folder with people, whose file was uploaded. */
function installation(people = 30): Installation & { db: Db } {
  const dataDir = temporaryFolder();
  const databaseFile = path.join(dataDir, 'autoprovision.db');
  const db = openDatabase(databaseFile);
  claimDatabase(db, TENANT, NOW);
  if (people > 0) addPeople({ db, dataDir }, 'first', people);
  return { dataDir, databaseFile, db };
}

function addPeople({ db, dataDir }: { db: Db; dataDir: string }, id: string, people: number): void {
  const from = path.join(temporaryFolder(), 'newcomers.csv');
  writeFileSync(from, csvOf(crowd(people)).replaceAll('@', `.${id}@`));
  importCopy({
    db,
    dataDir,
    id,
    storedName: `${id}.csv`,
    name: 'newcomers.csv',
    from,
    sourceKind: 'command_line',
    receivedFrom: 'test',
    now: NOW,
  });
}

async function backedUp(there: Installation): Promise<string> {
  const file = path.join(temporaryFolder(), 'backup.db');
  await backUp({ ...there, file, now: NOW });
  return file;
}

const request = ({ dataDir, databaseFile }: Installation, file: string) => ({
  dataDir,
  databaseFile,
  file,
  identity: TENANT,
  now: NOW,
});

function peopleIn(databaseFile: string): string[] {
  const db = openDatabase(databaseFile);
  try {
    return db.$client.prepare<[], string>('select upn_key from people order by 1').pluck().all();
  } finally {
    db.$client.close();
  }
}

describe('a backup', () => {
  test('brings back people and uploads, and keeps what it replaced', async () => {
    const there = installation();
    const file = await backedUp(there);
    addPeople(there, 'later', 5);
    there.db.$client.close();
    const after = peopleIn(there.databaseFile);
    rmSync(path.join(there.dataDir, 'uploads'), { recursive: true });

    const { people, replaced } = restore(request(there, file));
    expect(people).toBe(30);
    expect(peopleIn(there.databaseFile)).toHaveLength(30);
    expect(readdirSync(path.join(there.dataDir, 'uploads'))).toEqual(['first.csv']);
    expect(peopleIn(replaced ?? '')).toEqual(after);
    expect(readdirSync(there.dataDir).filter((name) => name.includes('restoring'))).toEqual([]);
  });

  test('goes into an empty folder, as on a new machine', async () => {
    const file = await backedUp(installation());
    const dataDir = path.join(temporaryFolder(), 'new');
    const databaseFile = path.join(dataDir, 'autoprovision.db');
    expect(restore(request({ dataDir, databaseFile }, file)).replaced).toBeNull();
    expect(peopleIn(databaseFile)).toHaveLength(30);
  });

  test('is whole while another process writes all the time', async () => {
    const { databaseFile, db, dataDir } = installation(3);
    const file = path.join(temporaryFolder(), 'backup.db');
    const write = db.$client.prepare(`insert into settings values (?, '1', 1, 'test')`);
    // Two hundred writes a second for as long as the command line runs.
    let written = 0;
    const writing = setInterval(() => {
      written += 1;
      write.run(`test.${written}`);
    }, 5);
    const env = {
      TENANT_MODE: 'entra',
      DATA_DIR: dataDir,
      AZURE_TENANT_ID: TENANT.tenantId ?? '',
      AZURE_CLIENT_ID: 'c',
      AZURE_CLIENT_SECRET: 's',
    };
    const { code, stderr } = await cli(['backup', file], env);
    clearInterval(writing);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(written).toBeGreaterThan(20);
    db.$client.close();
    expect(restore(request({ dataDir, databaseFile }, file)).people).toBe(3);
  });

  test('replaces no file', async () => {
    const there = installation();
    const file = await backedUp(there);
    const before = readFileSync(file);
    await expect(backUp({ ...there, file, now: NOW })).rejects.toThrow(BackupError);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('can be read by the service alone, and holds no key of the sessions', async () => {
    const there = installation();
    writeFileSync(path.join(there.dataDir, 'session-secret'), 'the-key-of-the-sessions');
    const file = await backedUp(there);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file).includes('the-key-of-the-sessions')).toBe(false);
  });
});

describe('nothing is replaced', () => {
  /** Restores `file` over an installation of one person, who must still be there. */
  const there = installation(1);
  there.db.$client.close();

  function refused(file: string, identity = TENANT): string {
    const before = peopleIn(there.databaseFile);
    let message = '';
    try {
      restore({ ...request(there, file), identity });
    } catch (error) {
      if (!(error instanceof BackupError)) throw error;
      ({ message } = error);
    }
    expect(peopleIn(there.databaseFile)).toEqual(before);
    expect(message).not.toContain('\n');
    return message;
  }

  test('by a file that is no backup', () => {
    const file = path.join(temporaryFolder(), 'x');
    expect(refused(file)).toContain('is not a backup');
    writeFileSync(file, csvOf(crowd(3)));
    expect(refused(file)).toContain('is not a backup');
    expect(refused(there.databaseFile)).toContain('is not a backup');
  });

  test('by a backup in which any one bit was turned, or that ends early', async () => {
    const file = await backedUp(installation(3));
    const whole = readFileSync(file);
    const damaged = path.join(temporaryFolder(), 'damaged.db');
    for (let n = 0; n < 40; n += 1) {
      const bytes = Buffer.from(whole);
      const at = (n * 7919 + 101) % bytes.length;
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (n % 8));
      writeFileSync(damaged, bytes);
      expect(refused(damaged), `byte ${at}`).not.toBe('');
    }
    writeFileSync(damaged, whole.subarray(0, whole.length / 2));
    expect(refused(damaged)).not.toBe('');
  });

  test('by the backup of another tenant, or of the demo', async () => {
    const file = await backedUp(installation());
    expect(refused(file, { mode: 'entra', tenantId: '22222222-2222-2222-2222-222222222222' })).toContain(
      'of the tenant 1111',
    );
    expect(refused(file, { mode: 'demo', tenantId: null })).toContain('TENANT_MODE is demo');
  });

  test('by the backup of a newer release', async () => {
    const file = await backedUp(installation());
    const backup = new Sqlite(file);
    backup.prepare('update __drizzle_migrations set created_at = created_at + ?').run(DAY_MS * 400);
    backup.prepare('update backup_made set digest = ?').run(unsealed());
    backup.close();
    seal(file);
    expect(refused(file)).toContain('newer release');
  });

  /** A backup that somebody has changed, and sealed anew. */
  function forged(file: string, change: string): string {
    const backup = new Sqlite(file);
    backup.function('search_words', { varargs: true }, () => '');
    backup.exec(change);
    backup.prepare('update backup_made set digest = ?').run(unsealed());
    backup.close();
    seal(file);
    return file;
  }

  test.each([
    [
      'makes every session one of an Admin',
      "create trigger up after insert on sessions begin update sessions set role = 'Admin'; end",
    ],
    [
      'lets events be deleted',
      'drop trigger events_no_delete; create trigger events_no_delete before delete on events begin select 1; end',
    ],
    ['hides people', 'drop view run_outcomes; create view run_outcomes as select * from outcomes where 0'],
  ])('by a backup with a part that %s', async (_, change) => {
    expect(refused(forged(await backedUp(installation()), change))).toMatch(
      /is not as AutoProvision wrote it: \w+ is in none/,
    );
  });

  test.each(["'Trigger'", "cast('trigger' as blob)"])('by a backup whose trigger calls itself a %s', async (word) => {
    const trigger = "create trigger up after insert on sessions begin update sessions set role = 'Admin'; end";
    const file = forged(await backedUp(installation()), trigger);
    const backup = new Sqlite(file);
    backup.unsafeMode();
    backup.pragma('writable_schema = ON');
    backup.exec(`update sqlite_master set type = ${word} where name = 'up'`);
    backup.prepare('update backup_made set digest = ?').run(unsealed());
    backup.close();
    seal(file);
    expect(refused(file)).toContain('is not as AutoProvision wrote it: up is in none');
  });

  test.each(['backup_made', '__drizzle_migrations', 'settings'])(
    'by a backup whose %s is a view without end',
    async (table) => {
      const endless = `with recursive n(at) as (select 1 union all select at + 1 from n)
        select sum(at) as at, '' as digest, '' as value, '' as key, 0 as created_at from n`;
      const file = await backedUp(installation());
      const backup = new Sqlite(file);
      backup.function('search_words', { varargs: true }, () => '');
      backup.exec(`alter table ${table} rename to aside; create view ${table} as ${endless}`);
      backup.close();
      expect(refused(file)).toContain(`${table} is no table`);
    },
  );

  test('while a server has the data open', async () => {
    const there = installation();
    const file = await backedUp(there);
    expect(() => restore(request(there, file))).toThrow('stop the server first');
    expect(there.db.select().from(settings).all().length).toBeGreaterThan(0);
  });

  test('while a server has it open whose thread has opened it as well: locks of POSIX end with any descriptor that is closed', async () => {
    const there = installation();
    const file = await backedUp(there);
    const thread = openDatabase(there.databaseFile);
    const asked = [RESTORE_AND_DIE, JSON.stringify(request(there, file)), 'never'];
    const { stderr } = spawnSync(process.execPath, asked, { encoding: 'utf8' });
    expect(stderr).toContain('stop the server first');
    thread.$client.close();
    there.db.$client.close();
  });
});

test('a session that somebody put into a backup brings nobody in', async () => {
  const there = installation();
  there.db.$client.close();
  const file = await backedUp(there);
  const backup = new Sqlite(file);
  backup.exec(`insert into sessions (id, operator_key, name, email, role, signed_in_at, last_seen_at, address, user_agent)
    values ('s1', 'demo/admin', 'Ann', 'a@b.example', 'Admin', ${NOW}, ${NOW}, '', '')`);
  backup.prepare('update backup_made set digest = ?').run(unsealed());
  backup.close();
  seal(file);
  restore(request(there, file));
  const restored = new Sqlite(there.databaseFile);
  expect(restored.prepare('select * from sessions').all()).toEqual([]);
  restored.close();
});

test('a damaged database is set aside as it is', async () => {
  const there = installation();
  const file = await backedUp(there);
  there.db.$client.close();
  const damaged = Buffer.alloc(8192, 'damaged');
  writeFileSync(there.databaseFile, damaged);
  const { replaced } = restore(request(there, file));
  expect(readFileSync(replaced ?? '').equals(damaged)).toBe(true);
  expect(peopleIn(there.databaseFile)).toHaveLength(30);
});

describe('every day', () => {
  const daily = () => {
    const { dataDir, db } = installation();
    const env = readEnv({
      TENANT_MODE: 'entra',
      DATA_DIR: dataDir,
      AZURE_TENANT_ID: TENANT.tenantId ?? '',
      AZURE_CLIENT_ID: 'client',
      AZURE_CLIENT_SECRET: 'secret',
    });
    const folder = path.join(dataDir, 'backups');
    return { db, env, folder, dataDir, names: () => (existsSync(folder) ? readdirSync(folder).toSorted() : []) };
  };

  test('one is made at the time that Settings say, tried, and the oldest is deleted', async () => {
    const { db, env, folder, names } = daily();
    // As a process that was killed leaves it.
    mkdirSync(path.join(folder, '.drill-killed'), { recursive: true });
    saveSettings(db, env, { backupTime: '02:30', backupsKept: 2 }, { name: 'test', key: 'test' }, NOW);
    const at = (day: number, hour: number) => backUpDaily({ db, env }, Date.UTC(2026, 10, day, hour, 45));
    await at(1, 9);
    await at(1, 22);
    expect(names()).toEqual(['autoprovision-2026-11-01T09-45-00.db']);
    await at(2, 1);
    await at(2, 2);
    await at(3, 2);
    expect(names()).toEqual(['autoprovision-2026-11-02T02-45-00.db', 'autoprovision-2026-11-03T02-45-00.db']);
    expect(readBackupState(db)).toEqual({
      lastGood: { at: Date.UTC(2026, 10, 3, 2, 45), file: 'autoprovision-2026-11-03T02-45-00.db', people: 30 },
      problem: null,
    });
  });

  test('after the clock ran ahead and was set back, one is made at once, and those of the wrong days are deleted first', async () => {
    const { db, env, folder, names } = daily();
    saveSettings(db, env, { backupTime: '02:30', backupsKept: 2 }, { name: 'test', key: 'test' }, NOW);
    const at = (day: number) => backUpDaily({ db, env }, Date.UTC(2026, 10, day, 2, 45));
    await at(20);
    await at(21);
    await at(2);
    expect(names()).toEqual(['autoprovision-2026-11-02T02-45-00.db', 'autoprovision-2026-11-21T02-45-00.db']);
    await at(3);
    expect(names()).toEqual(['autoprovision-2026-11-02T02-45-00.db', 'autoprovision-2026-11-03T02-45-00.db']);
    // Also where the last one failed on a wrong day.
    renameSync(folder, `${folder}-away`);
    writeFileSync(folder, 'in the way');
    await at(22);
    rmSync(folder);
    await at(4);
    expect(names()).toEqual(['autoprovision-2026-11-04T02-45-00.db']);
  });

  test('none is made where Settings say so', async () => {
    const { db, env, names } = daily();
    saveSettings(db, env, { backupTime: '' }, { name: 'test', key: 'test' }, NOW);
    await backUpDaily({ db, env }, NOW);
    expect(names()).toEqual([]);
  });

  test('one that fails is told, tried again after an hour, and forgotten when it succeeds', async () => {
    const { db, env, folder, names } = daily();
    writeFileSync(folder, 'in the way');
    await backUpDaily({ db, env }, NOW);
    expect(readBackupState(db).problem?.at).toBe(NOW);
    rmSync(folder);
    await backUpDaily({ db, env }, NOW + HOUR_MS / 2);
    expect(names()).toEqual([]);
    await backUpDaily({ db, env }, NOW + HOUR_MS);
    expect(names()).toHaveLength(1);
    expect(readBackupState(db).problem).toBeNull();
  });
});

test('of the copies that are made before updates, the three newest are kept', () => {
  const { dataDir, db } = installation();
  for (const version of [1001, 1003, 1002, 1004]) snapshotBeforeUpdate(db.$client, version);
  const folder = path.join(dataDir, 'backups');
  expect(readdirSync(folder).toSorted()).toEqual([1002, 1003, 1004].map((version) => `before-update-${version}.db`));
  expect(peopleIn(path.join(folder, 'before-update-1004.db'))).toHaveLength(30);
});

test('killed at any moment, a restore leaves the old data whole or the new, and can be repeated', async () => {
  const there = installation(3);
  const file = await backedUp(there);
  addPeople(there, 'later', 2);
  there.db.$client.close();
  let isThrough = false;
  const sizes = new Set<number>();
  // Every third change: each takes a process of its own.
  for (let nth = 1; !isThrough; nth += 3) {
    const dataDir = temporaryFolder();
    cpSync(there.dataDir, dataDir, { recursive: true });
    const asked = request({ dataDir, databaseFile: path.join(dataDir, 'autoprovision.db') }, file);
    const { signal, status, stderr } = spawnSync(
      process.execPath,
      [RESTORE_AND_DIE, JSON.stringify(asked), String(nth)],
      {
        encoding: 'utf8',
      },
    );
    isThrough = signal === null;
    expect({ nth, status, stderr }).toEqual({ nth, status: isThrough ? 0 : null, stderr: '' });
    const people = peopleIn(asked.databaseFile).length;
    sizes.add(people);
    const whole = new Sqlite(asked.databaseFile, { readonly: true });
    expect(whole.pragma('integrity_check', { simple: true })).toBe('ok');
    whole.close();
    expect(restore(asked).people).toBe(3);
    expect(peopleIn(asked.databaseFile)).toHaveLength(3);
  }
  expect([...sizes].toSorted()).toEqual([3, 5]);
});
