import { describe, expect, test } from 'vitest';
import { isOtherFile, otherFilesSentence } from '#lib/domain/other-files.ts';

const HOUR = 3_600_000;
const lying = (name: string, isFolder = false) => ({ name, isFolder, since: 0 });
const told = (name: string, isFolder = false) => otherFilesSentence([lying(name, isFolder)], HOUR)?.message ?? '';

describe('what lies in the drop folder and is not read', () => {
  test.each([
    'people.csv',
    'PEOPLE.CSV',
    'people.xlsx',
    'Processed',
    'rejected',
    'Thumbs.db',
    'desktop.ini',
    '.hidden',
    '~$people.xlsx',
    'ehthumbs.db',
    'Icon\r',
    '~snapshot',
    '#snapshot',
    '@Recycle',
    'DfsrPrivate',
    'Network Trash Folder',
  ])('%s is read, or belongs to others', (name) => expect(isOtherFile(name, false)).toBe(false));
  test.each(['people.csv.part', 'people.xls', 'people', 'my.desktop.ini', 'Processed old', 'people.csv~'])(
    '%s is told',
    (name) => expect(isOtherFile(name, false)).toBe(true),
  );

  test('a folder is told whatever its name, except those of others', () => {
    expect(isOtherFile('january.csv', true)).toBe(true);
    expect(isOtherFile('Processed', true)).toBe(false);
    expect(isOtherFile('$RECYCLE.BIN', true)).toBe(false);
  });
});

test('with each comes what to do about it', () => {
  const alike = [
    ['a.xls', 'b.XLSM', 'c.ods', 'd.numbers'],
    ['a.zip', 'b.tar.gz', 'c.7z'],
    ['a.tmp', 'b.csv.part', 'c.crdownload'],
    ['a.txt', 'b.tsv', 'people', 'c.DAT', 'd.csv ', 'e.csv.', 'f.CSV (1)', 'g.csv.20261130', 'h.csv_2', 'i.csv~'],
    ['a.pdf', 'b.docx', 'a.txt.pdf', 'b.zip.old', 'c.xls.pdf', 'd.part.pdf'],
  ];
  const advice = alike.map((names) => new Set(names.map((name) => told(name).replace(name, ''))));
  expect(advice.map(({ size }) => size)).toEqual([1, 1, 1, 1, 1]);
  expect(new Set(advice.flatMap((one) => [...one])).size).toBe(alike.length);
  expect(told('a.zip', true)).not.toBe(told('a.zip'));
});

test('nothing is told before it has lain there for an hour', () => {
  const files = [lying('a.pdf'), { ...lying('b.pdf'), since: 1 }];
  expect(otherFilesSentence(files, HOUR - 1)).toBeNull();
  expect(otherFilesSentence(files, HOUR)?.message).toContain('a.pdf');
  expect(otherFilesSentence(files, HOUR)?.message).not.toContain('b.pdf');
  expect(otherFilesSentence([], HOUR)).toBeNull();
});

test('five are named, and how many more there are', () => {
  const files = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => lying(`${name}.pdf`));
  const message = otherFilesSentence(files, HOUR)?.message;
  expect(message).toContain('e.pdf');
  expect(message).not.toContain('f.pdf');
  expect(message).toContain('2');
  expect(otherFilesSentence(files.slice(0, 5), HOUR)?.message).not.toContain('0');
});
