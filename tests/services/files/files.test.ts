import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { events } from '#db/schema/events.ts';
import { people } from '#db/schema/people.ts';
import { listFiles, readFile, uploadFile } from '#lib/services/files/files.ts';
import { openServicesDatabase, operator, sent } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const viewer = operator('Viewer');
const helpdesk = operator('Operator');

const CSV = [
  'CN,UserPrincipalName,EmployeeType',
  'Ada,ada@contoso.example,E',
  'Bob,bob@contoso.example,N',
  'Ada again,ADA@contoso.example,E',
  'Nobody,not-an-address,E',
].join('\n');

const upload = (name: string, text: string) => uploadFile(helpdesk, { name }, sent(text));

test('an uploaded file is imported whole, in the name of the operator, and its original is kept', async () => {
  const file = await upload('newcomers.csv', CSV);
  expect(file).toMatchObject({
    name: 'newcomers.csv',
    status: 'accepted',
    source: 'upload',
    receivedFrom: 'Demo Operator',
    rows: 4,
    accepted: 2,
    duplicates: 1,
    rejected: 1,
  });
  const detail = readFile(viewer, { id: file.id });
  const kept = path.join(process.env.DATA_DIR ?? '', 'uploads', detail.storedName ?? '');
  expect(readFileSync(kept, 'utf8')).toBe(CSV);
  expect(db.select().from(events).where(eq(events.kind, 'file.accepted')).all()).toMatchObject([
    { actor: 'Demo Operator', actorKey: 'demo/operator' },
  ]);
});

test("a file's numbers always add up, also after its people have moved on", async () => {
  const [file] = listFiles(viewer, {}).items;
  db.update(people).set({ state: 'provisioned' }).where(eq(people.upnKey, 'bob@contoso.example')).run();
  const detail = readFile(viewer, { id: file?.id });
  expect(detail.rows).toBe(detail.accepted + detail.duplicates + detail.rejected);
  expect(detail.byState).toMatchObject({ queued: 1, provisioned: 1 });
  expect(detail.people).toBe(2);
});

test('every row tells its verdict: a rejected one its problems, the others their person', async () => {
  const [file] = listFiles(viewer, {}).items;
  const { items } = readFile(viewer, { id: file?.id }).rowPage;
  expect(items.map(({ line, verdict }) => [line, verdict])).toEqual([
    [2, 'accepted'],
    [3, 'accepted'],
    [4, 'duplicate'],
    [5, 'rejected'],
  ]);
  expect(items[1]?.person).toMatchObject({ userPrincipalName: 'bob@contoso.example', state: 'provisioned' });
  expect(items[3]).toMatchObject({
    person: null,
    problems: [expect.objectContaining({ column: 'UserPrincipalName' })],
  });
  expect(readFile(viewer, { id: file?.id, verdict: 'rejected' }).rowPage.total).toBe(1);
});

test('a file that cannot be read is an answer that says where and why', async () => {
  const file = await upload('broken.csv', 'CN,EmployeeType\nAda,E\n');
  expect(file).toMatchObject({ status: 'rejected', rows: 0 });
  expect(file.problem?.message).toContain('UserPrincipalName');
  expect(listFiles(viewer, { status: 'rejected' }).items.map(({ name }) => name)).toEqual(['broken.csv']);
});

test('a file without a name is refused before anything is stored', async () => {
  const before = listFiles(viewer, {}).total;
  await expect(uploadFile(helpdesk, { name: null }, sent(CSV))).rejects.toThrow('name');
  expect(listFiles(viewer, {}).total).toBe(before);
});

test('a file that is not there is not found', async () => {
  expect(() => readFile(viewer, { id: 'nothing' })).toThrow('There is no such file.');
});
