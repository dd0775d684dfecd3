import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { statIfExists } from '#lib/intake/drop-folder/folder.ts';
import { moveBack, renameVerified, storedNameOf } from '#lib/intake/drop-folder/move.ts';
import { importFile } from '#lib/intake/import.ts';
import {
  emptyDatabase,
  inPlace,
  storedEvents,
  storedFiles,
  storedPeople,
  storedRows,
  tempFolder,
} from '#tests/intake/build.ts';
import { withoutHeartbeat } from '#tests/support/processes.ts';
import { claim, later, listed } from './claims.ts';

const CSV = 'CN,UserPrincipalName,EmployeeType\nAnna,anna@contoso.example,E\n';

const MOVE = { name: 'a.csv', status: 'accepted', storedName: 'x-a.csv', problem: null } as const;

test('a file is imported, then moved to Processed under a name that cannot clash', async () => {
  const db = emptyDatabase();
  const folder = tempFolder();
  expect(await claim(db, folder)).toEqual({ files: [], unsettled: 0, warnings: [], problem: null });
  for (const drop of ['first', 'second']) {
    writeFileSync(path.join(folder, 'new people.CSV'), CSV);
    const { files, warnings } = await claim(db, folder);
    expect(warnings, drop).toEqual([]);
    expect(files, drop).toMatchObject([{ name: 'new people.CSV', status: 'accepted', rows: 1 }]);
  }
  expect(listed(folder)).toEqual(['Processed', 'Rejected']);
  expect(listed(folder, 'Processed')).toEqual(
    storedFiles(db)
      .map(({ id }) => `${id}-new people.csv`)
      .sort(),
  );
  expect(storedFiles(db).every(({ movedAt }) => movedAt !== null)).toBe(true);
});

test('the same people dropped again on purpose are checked again and shown as duplicates of the first', async () => {
  const db = emptyDatabase();
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'a.csv'), CSV);
  await claim(db, folder);
  db.$client.exec("update people set state = 'needs_attention'");
  writeFileSync(path.join(folder, 'a.csv'), CSV.replace('Anna,', 'Annabel,'));
  expect((await claim(db, folder)).files).toMatchObject([{ rows: 1, accepted: 0, duplicates: 1 }]);
  expect(storedPeople(db)).toMatchObject([{ state: 'queued' }]);
  expect(storedRows(db)[1]).toMatchObject({ verdict: 'duplicate', duplicateOfRowId: 1 });
});

test('a rejected file goes to Rejected with the reason beside it, and the good files beside it are imported', async () => {
  const db = emptyDatabase();
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'bad.csv'), 'CN,UPN,Type\n"Anna,anna@contoso.example,E\n');
  writeFileSync(path.join(folder, 'good.csv'), CSV);
  const { files, warnings } = await claim(db, folder);
  expect(warnings).toEqual([]);
  expect(files.map(({ name, status }) => [name, status]).sort()).toEqual([
    ['bad.csv', 'rejected'],
    ['good.csv', 'accepted'],
  ]);
  const [file, reason] = listed(folder, 'Rejected');
  expect(file).toMatch(/^\d{8}T\d{6}Z-[a-z2-7]{6}-bad\.csv$/);
  expect(reason).toBe(`${file}.reason.txt`);
  const text = readFileSync(path.join(folder, 'Rejected', reason ?? ''), 'utf8');
  expect(text).toContain('line 2, character 1');
  expect(text).toContain('never closed');
  expect(text).toContain('drop it again');
  expect(storedPeople(db)).toHaveLength(1);
});

test('a file that nobody foresaw is told, and holds up neither the others nor the run', async () => {
  const db = emptyDatabase();
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'odd.csv'), CSV);
  writeFileSync(path.join(folder, 'plain.csv'), CSV);
  const runTask: typeof inPlace = (on, name, input, options) =>
    'name' in input && input.name === 'odd.csv'
      ? Promise.reject(new RangeError('Invalid count value: -1'))
      : inPlace(on, name, input, options);
  const { files, warnings } = await claim(db, folder, { runTask });
  expect(files).toMatchObject([{ name: 'plain.csv', status: 'accepted' }]);
  expect(warnings).toEqual(['odd.csv could not be imported or moved: Invalid count value: -1.']);
  expect(listed(folder)).toContain('odd.csv');
});

describe('only whole, regular files directly in the folder are read', () => {
  test('a symbolic link, a FIFO, a folder, a file of another kind and a hidden one are left alone', async () => {
    const db = emptyDatabase();
    const folder = tempFolder();
    const secret = path.join(tempFolder(), 'secret.csv');
    writeFileSync(secret, CSV);
    symlinkSync(secret, path.join(folder, 'link.csv'));
    symlinkSync(path.join(folder, 'nowhere'), path.join(folder, 'broken.csv'));
    execFileSync('mkfifo', [path.join(folder, 'pipe.csv')]);
    mkdirSync(path.join(folder, 'folder.csv'));
    writeFileSync(path.join(folder, 'people.csv.tmp'), CSV);
    writeFileSync(path.join(folder, '._people.csv'), CSV);
    mkdirSync(path.join(folder, 'sub'));
    writeFileSync(path.join(folder, 'sub', 'deep.csv'), CSV);
    const before = listed(folder);
    const { files, warnings } = await claim(db, folder);
    expect(files).toEqual([]);
    expect(warnings.sort()).toEqual([
      'broken.csv is a symbolic link and was left alone: only regular files are read.',
      'link.csv is a symbolic link and was left alone: only regular files are read.',
      'pipe.csv is not a regular file and was left alone.',
    ]);
    expect(listed(folder)).toEqual([...before, 'Processed', 'Rejected'].sort());
    expect(readFileSync(secret, 'utf8')).toBe(CSV);
  });

  test('script row "reads half-written files": a growing file waits until it has been still for the settle time', async () => {
    const db = emptyDatabase();
    const folder = tempFolder();
    const file = path.join(folder, 'growing.csv');
    writeFileSync(file, CSV);
    expect(await claim(db, folder, { now: Date.now() + 5000 })).toMatchObject({ files: [], unsettled: 1 });
    appendFileSync(file, 'Ben,ben@contoso.example,N\n');
    expect(await claim(db, folder, { now: Date.now() + 5000 })).toMatchObject({ files: [], unsettled: 1 });
    expect(await claim(db, folder)).toMatchObject({ files: [{ rows: 2 }], unsettled: 0 });
  });

  test('an old modification time does not hide that the file has only just arrived', async () => {
    const db = emptyDatabase();
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'copied.csv'), CSV);
    utimesSync(path.join(folder, 'copied.csv'), new Date(0), new Date(0));
    expect(await claim(db, folder, { now: Date.now() })).toMatchObject({ files: [], unsettled: 1 });
  });

  test('a file from a clock that is ahead is imported once it was seen unchanged for the settle time', async () => {
    const db = emptyDatabase();
    const folder = tempFolder();
    const file = path.join(folder, 'future.csv');
    writeFileSync(file, CSV);
    const now = later();
    utimesSync(file, new Date(now + 86_400_000), new Date(now + 86_400_000));
    expect(await claim(db, folder, { now })).toMatchObject({ files: [], unsettled: 1 });
    expect(await claim(db, folder, { now: now + 9999 })).toMatchObject({ files: [], unsettled: 1 });
    appendFileSync(file, 'Ben,ben@contoso.example,N\n');
    utimesSync(file, new Date(now + 86_400_000), new Date(now + 86_400_000));
    expect(await claim(db, folder, { now: now + 10_000 })).toMatchObject({ files: [], unsettled: 1 });
    expect(await claim(db, folder, { now: now + 20_000 })).toMatchObject({ files: [{ rows: 2 }], unsettled: 0 });
  });

  test('script row "moves files that arrived between reading and moving, unread": only the claimed files move', async () => {
    const db = emptyDatabase();
    const folder = tempFolder();
    for (const name of ['1.csv', '2.csv', '3.csv']) {
      writeFileSync(path.join(folder, name), CSV);
      utimesSync(path.join(folder, name), Number(name[0]), Number(name[0]));
    }
    expect((await claim(db, folder, { limitFiles: 2 })).files.map(({ name }) => name)).toEqual(['1.csv', '2.csv']);
    expect(listed(folder)).toEqual(['3.csv', 'Processed', 'Rejected']);
  });
});

describe('script row "moves files before processing": stored first, moved after, and a crash anywhere loses and doubles nothing', () => {
  test('killed between the transaction and the move: the next cycle only moves the file', async () => {
    const db = emptyDatabase();
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'a.csv'), CSV);
    const source = openSync(path.join(folder, 'a.csv'), 'r');
    const id = '20260304T050607Z-abcdef';
    const stored = { id, storedName: storedNameOf(id, 'a.csv'), now: later(), runId: null } as const;
    importFile({ db, source, copyTo: null, name: 'a.csv', sourceKind: 'drop_folder', receivedFrom: 'idm', ...stored });
    closeSync(source);
    const before = [storedRows(db), storedPeople(db), storedEvents(db)];
    expect(await claim(db, folder)).toEqual({ files: [], unsettled: 0, warnings: [], problem: null });
    expect(listed(folder, 'Processed')).toEqual([`${id}-a.csv`]);
    expect([storedRows(db), storedPeople(db), storedEvents(db)]).toEqual(before);
    expect(storedFiles(db)).toMatchObject([{ movedAt: expect.any(Number) }]);
  });

  test.each([
    ['accepted', CSV, 'Processed', 1],
    ['rejected', 'CN\n', 'Rejected', 2],
  ])(
    'killed between the move and its record: an %s file counts as moved, and the same name dropped again is new',
    async (status, text, where, files) => {
      const db = emptyDatabase();
      const folder = tempFolder();
      writeFileSync(path.join(folder, 'a.csv'), text);
      db.$client.exec(
        "create temp trigger killed before update of moved_at on intake_files begin select raise(abort, 'killed'); end",
      );
      await expect(claim(db, folder)).rejects.toThrow('killed');
      db.$client.exec('drop trigger killed');
      for (const name of listed(folder, where).filter((name) => name.endsWith('.reason.txt')))
        rmSync(path.join(folder, where, name));
      writeFileSync(path.join(folder, 'a.csv'), text);
      expect(await claim(db, folder)).toMatchObject({ files: [{ status }], warnings: [] });
      expect(storedFiles(db).map(({ movedAt }) => movedAt)).toEqual([expect.any(Number), expect.any(Number)]);
      expect(listed(folder, where)).toHaveLength(2 * files);
    },
  );

  test('a move that fails is a warning, and once it can be done the same bytes are only moved', async () => {
    const db = emptyDatabase();
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'Processed'), 'in the way');
    writeFileSync(path.join(folder, 'a.csv'), CSV);
    const first = await claim(db, folder);
    expect(first.files).toMatchObject([{ rows: 1, accepted: 1 }]);
    expect(first.warnings).toEqual([
      expect.stringContaining('Processed cannot be used'),
      expect.stringContaining('a.csv was not moved'),
    ]);
    const second = await claim(db, folder);
    expect([second.files, second.warnings.length]).toEqual([[], 2]);
    rmSync(path.join(folder, 'Processed'));
    expect(await claim(db, folder)).toEqual({ files: [], unsettled: 0, warnings: [], problem: null });
    expect(listed(folder)).toEqual(['Processed', 'Rejected']);
    expect([storedFiles(db).length, storedRows(db).length]).toEqual([1, 1]);
  });

  test('other bytes under the name of a file whose move failed are a file of their own', async () => {
    const db = emptyDatabase();
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'Processed'), 'in the way');
    writeFileSync(path.join(folder, 'a.csv'), CSV);
    await claim(db, folder);
    writeFileSync(path.join(folder, 'a.csv'), CSV.replaceAll(/anna/gi, 'Ben'));
    rmSync(path.join(folder, 'Processed'));
    expect((await claim(db, folder)).files).toMatchObject([{ accepted: 1 }]);
    expect(storedPeople(db).map(({ displayName }) => displayName)).toEqual(['Anna', 'Ben']);
  });

  test('a file is never moved through a link in the place of Processed', async () => {
    const db = emptyDatabase();
    const folder = tempFolder();
    const elsewhere = tempFolder();
    symlinkSync(elsewhere, path.join(folder, 'Processed'));
    writeFileSync(path.join(folder, 'a.csv'), CSV);
    expect((await claim(db, folder)).warnings).toEqual([expect.stringContaining('not a real folder')]);
    expect(listed(elsewhere)).toEqual([]);
    expect(existsSync(path.join(folder, 'a.csv'))).toBe(true);
  });

  test('a file that grows after it was read stays, and is read again as a whole', async () => {
    const db = emptyDatabase();
    const folder = tempFolder();
    const file = path.join(folder, 'a.csv');
    writeFileSync(file, CSV);
    // Stored last of all in the transaction, after the bytes were compared for the last time.
    db.$client.function('grow', () => {
      appendFileSync(file, 'Ben,ben@contoso.example,N\n');
      return null;
    });
    db.$client.exec(
      "create temp trigger growing after insert on events when new.kind = 'file.accepted' begin select grow(); end",
    );
    expect(await claim(db, folder)).toMatchObject({
      files: [{ rows: 1 }],
      warnings: [expect.stringContaining('changed')],
    });
    db.$client.exec('drop trigger growing');
    expect(listed(folder)).toEqual(['Processed', 'Rejected', 'a.csv']);
    expect(await claim(db, folder)).toMatchObject({ files: [{ rows: 2, accepted: 1, duplicates: 1 }], warnings: [] });
    expect(listed(folder)).toEqual(['Processed', 'Rejected']);
  });

  test('another file that takes the name at the moment of the move goes back unread', async () => {
    const folder = tempFolder();
    mkdirSync(path.join(folder, 'Processed'));
    const file = path.join(folder, 'a.csv');
    writeFileSync(file, CSV);
    const read = statIfExists(file);
    renameSync(file, path.join(folder, 'ours.away'));
    writeFileSync(file, CSV);
    expect(read && renameVerified(read, { ...MOVE, folder })?.message).toContain('a.csv changed or was replaced');
    expect(listed(folder, 'Processed')).toEqual([]);
    expect(listed(folder)).toContain('a.csv');
  });

  test('where its name is taken once more it goes back under a free one', async () => {
    const folder = tempFolder();
    mkdirSync(path.join(folder, 'Processed'));
    writeFileSync(path.join(folder, 'Processed', 'x-a.csv'), 'the newcomer');
    writeFileSync(path.join(folder, 'a.csv'), 'the third');
    moveBack({ ...MOVE, folder });
    expect(listed(folder)).toEqual(['Processed', 'a.csv', 'returned-x-a.csv']);
    expect(readFileSync(path.join(folder, 'a.csv'), 'utf8')).toBe('the third');
  });
});

describe('killed for real (SIGKILL)', () => {
  test.each([
    ['in the middle of the transaction', 'after insert on people', 0],
    ['after the move, before its record', 'before update of moved_at on intake_files', 1],
  ])('%s: the next start takes everybody in exactly once', async (_when, moment, storedBefore) => {
    const folder = tempFolder();
    const file = path.join(tempFolder(), 'test.db');
    writeFileSync(path.join(folder, 'a.csv'), `${CSV}Ben,ben@contoso.example,N\n`);
    const child = spawnSync(process.execPath, [
      path.join(import.meta.dirname, 'claim-and-die.ts'),
      file,
      folder,
      moment,
    ]);
    expect([child.signal, child.stderr.toString()]).toEqual(['SIGKILL', '']);
    const db = openDatabase(file);
    expect(storedFiles(db)).toHaveLength(storedBefore);
    expect(await claim(db, folder)).toMatchObject({ warnings: [], problem: null });
    expect(storedPeople(db).map(({ displayName }) => displayName)).toEqual(['Anna', 'Ben']);
    expect(storedRows(db).map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted']);
    expect(storedFiles(db)).toMatchObject([{ rows: 2, movedAt: expect.any(Number) }]);
    expect([listed(folder), listed(folder, 'Processed').length]).toEqual([['Processed', 'Rejected'], 1]);
    db.$client.close();
  });
});

describe('killed for real (SIGKILL) in a long file', () => {
  const ROWS = 3000;

  test.each([
    ['in the first slice', 'after insert on people', 10],
    ['between two slices', 'before update of expires_at on leases', 2],
    ['in a later slice', 'after insert on intake_rows', 2500],
    ['before the end is recorded', 'before update of status on intake_files', 1],
    ['when the end is recorded, before the bytes are released', 'before delete on leases', 1],
    ['after the move, before its record', 'before update of moved_at on intake_files', 1],
  ])('%s: the next start takes everybody in exactly once', async (_when, moment, times) => {
    const folder = tempFolder();
    const dataDir = tempFolder();
    const file = path.join(dataDir, 'test.db');
    const row = (n: number) => `"Doe, John ${n}",p${n}@contoso.example,E,note\n`;
    const text = Array.from({ length: ROWS }, (_, n) => row(n)).join('');
    writeFileSync(path.join(folder, 'a.csv'), `CN,UserPrincipalName,EmployeeType,Note\n${text}`);
    const script = path.join(import.meta.dirname, 'claim-and-die.ts');
    const child = spawnSync(process.execPath, [script, file, folder, moment, String(times)]);
    expect([child.signal, child.stderr.toString()]).toEqual(['SIGKILL', '']);
    const db = openDatabase(file);
    expect(storedFiles(db)).toHaveLength(1);
    withoutHeartbeat(db);
    expect(await claim(db, folder, { dataDir })).toMatchObject({ warnings: [], problem: null, unsettled: 0 });
    expect(storedPeople(db).map(({ upnKey }) => upnKey)).toEqual(
      Array.from({ length: ROWS }, (_, n) => `p${n}@contoso.example`),
    );
    expect(storedRows(db).map(({ line }) => line)).toEqual(Array.from({ length: ROWS }, (_, n) => n + 2));
    expect(storedFiles(db)).toMatchObject([{ status: 'accepted', rows: ROWS, movedAt: expect.any(Number) }]);
    expect(storedEvents(db).map(({ kind }) => kind)).toEqual(['file.accepted']);
    expect([listed(folder), listed(folder, 'Processed').length]).toEqual([['Processed', 'Rejected'], 1]);
    expect(listed(dataDir, 'uploads')).toEqual([]);
    db.$client.close();
  });
});

test('a share that cannot be read is said in one sentence and never thrown', async () => {
  const db = emptyDatabase();
  const file = path.join(tempFolder(), 'a-file');
  writeFileSync(file, '');
  const result = await claim(db, path.join(file, 'share'));
  expect(result).toMatchObject({
    files: [],
    warnings: [],
    problem: expect.stringMatching(/^The drop folder .* cannot be read: ENOTDIR.*\.$/),
  });
});

test('any file name can be stored: short enough, without a path, still a CSV', async () => {
  const id = '20260304T050607Z-abcdef';
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
      const stored = storedNameOf(id, name);
      expect(stored).toMatch(/^20260304T050607Z-abcdef-[\p{L}\p{N}._ -]+\.csv$/u);
      expect(Buffer.byteLength(`${stored}.reason.txt`)).toBeLessThanOrEqual(255);
    }),
  );
});
