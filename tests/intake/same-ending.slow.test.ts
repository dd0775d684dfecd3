/** A file ends the same whichever way it comes in: by the command line, through the drop folder, or as an upload. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { insertDraft } from '#db/store/files/drafts.ts';
import { newId } from '#lib/ids.ts';
import { importDraft } from '#lib/intake/draft/draft-import.ts';
import { uploadsFolder } from '#lib/intake/upload.ts';
import { claim } from '#tests/intake/drop-folder/claims.ts';
import { emptyDatabase, inPlace, NOW, storedFiles, storedPeople, storedRows, tempFolder } from './build.ts';
import { CASES } from './field-cases.ts';
import { HEADER, number, workbook } from './xlsx/build.ts';

const NAME = 'people.csv';
const FILES = [
  ...CASES.map(({ id, what, file }) => ({ id, what, bytes: typeof file === 'string' ? Buffer.from(file) : file })),
  {
    id: 'X2',
    what: 'a workbook with a date and a row that stays out',
    bytes: workbook({
      sheets: [
        {
          name: 'People',
          rows: [
            [...HEADER, 'StartDate'],
            ['Ada Test', 'ada.test@contoso.example', 'E', number(44565)],
            ['Bo Test', 'bo.test', 'N', ''],
            ['Ada Test', 'Ada.Test@contoso.example', 'N', ''],
          ],
        },
      ],
      date1904: true,
    }),
  },
];

/** What a file leaves, but for the way that it came and the time. */
function ending(db: Db) {
  const [file, other] = storedFiles(db);
  if (!file || other) throw new Error('One file came in.');
  const { status, encoding, delimiter, rows, accepted, duplicates, rejected } = file;
  const [kept] = db.$client.prepare('select header, notes, reading, problem from intake_files').all();
  const cases = db.$client.prepare('select row_id, status, problems from row_cases order by id').all();
  const people = storedPeople(db).map(({ nextCheckAt: _, ...same }) => same);
  const said = storedRows(db).map(({ fileId: _, ...same }) => same);
  return { status, encoding, delimiter, rows, accepted, duplicates, rejected, kept, cases, people, said };
}

async function byCommandLine(bytes: Uint8Array) {
  const db = emptyDatabase();
  const folder = tempFolder();
  const from = path.join(folder, NAME);
  writeFileSync(from, bytes);
  const as = { name: NAME, sourceKind: 'command_line', receivedFrom: 'command line' } as const;
  await inPlace(db, 'importCopy', { dataDir: folder, from, id: newId(NOW), storedName: '1.csv', now: NOW, ...as });
  return ending(db);
}

async function byDropFolder(bytes: Uint8Array) {
  const db = emptyDatabase();
  const folder = tempFolder();
  writeFileSync(path.join(folder, NAME), bytes);
  await claim(db, folder);
  return ending(db);
}

/** Null: an upload with nobody in it cannot be confirmed. */
function byUpload(bytes: Uint8Array) {
  const db = emptyDatabase();
  const dataDir = tempFolder();
  const operator = { name: 'Olga Operator', key: 'olga' };
  mkdirSync(uploadsFolder(dataDir));
  writeFileSync(path.join(uploadsFolder(dataDir), '1.csv'), bytes);
  const draftId = newId(NOW);
  const by = { createdAt: NOW, createdBy: operator.name, createdByKey: operator.key };
  insertDraft(db, { id: draftId, name: NAME, storedName: '1.csv', sha256: '', sizeBytes: bytes.length, ...by });
  const imported = importDraft(db, dataDir, { draftId, revision: 0, operator, now: NOW }, {});
  if (imported.kind === 'imported') return ending(db);
  expect(imported).toEqual({ kind: 'no_valid_rows' });
  expect(storedFiles(db)).toEqual([]);
  return null;
}

test.each(FILES)('$id: $what', async ({ bytes }) => {
  const imported = await byCommandLine(bytes);
  expect(await byDropFolder(bytes)).toEqual(imported);
  expect(byUpload(bytes)).toEqual(imported.accepted > 0 ? imported : null);
});
