import { closeSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { importFile } from '#lib/intake/import.ts';
import { NOW, tempFolder } from './build.ts';

test('memory does not grow with the file: after 60,000 rows no more is alive than after 10,000', () => {
  const folder = tempFolder();
  const file = path.join(folder, 'many.csv');
  const target = openSync(file, 'w');
  writeSync(target, 'CN,UserPrincipalName,EmployeeType\n');
  const line = (n: number) => `"Doe, Jöhn ${n}",p${n}@contoso.example,E\n`;
  for (let n = 0; n < 61_000; n += 1000)
    writeSync(target, Array.from({ length: 1000 }, (_, i) => line(n + i)).join(''));
  closeSync(target);
  const db = openDatabase(path.join(folder, 'test.db'));
  const source = openSync(file, 'r');
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  const alive = new Map<number, number>();
  let seen = 0;
  db.$client.function('watch_memory', () => {
    seen++;
    if (seen === 10_000 || seen === 60_000) {
      collectGarbage();
      const { heapUsed, external } = process.memoryUsage();
      alive.set(seen, heapUsed + external);
    }
    return null;
  });
  db.$client.exec('create temp trigger watch after insert on people begin select watch_memory(); end');
  const request = { db, source, copyTo: null, sourceKind: 'drop_folder', receivedFrom: 'idm', runId: null } as const;
  expect(importFile({ ...request, name: 'many.csv', now: NOW })).toMatchObject({ rows: 61_000, accepted: 61_000 });
  expect(((alive.get(60_000) ?? Number.NaN) - (alive.get(10_000) ?? 0)) / 1e6).toBeLessThan(2);
  closeSync(source);
  db.$client.close();
});
