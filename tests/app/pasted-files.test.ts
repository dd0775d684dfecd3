/** What is pasted on the upload page: rows of a spreadsheet, with or without a picture of them, and files. */
import { expect, test } from 'vitest';
import { pastedFiles } from '#app/(console)/upload/pasted-files.ts';

const ROWS = 'CN\tUserPrincipalName\tEmployeeType\nAnna\tanna@contoso.example\tE\n';
const picture = new File(['png'], 'image.png', { type: 'image/png' });
const list = new File(['CN'], 'people.csv', { type: 'text/csv' });

const names = (files: readonly File[], text: string, isTyping = false) =>
  pastedFiles({ files, text, isTyping }, 'pasted rows.csv').map(({ name }) => name);

test('the cells that Excel puts on the clipboard are their text, not the picture beside it', async () => {
  expect(names([picture], ROWS)).toEqual(['pasted rows.csv']);
  expect(names([], ROWS)).toEqual(['pasted rows.csv']);
  const [file] = pastedFiles({ files: [picture], text: ROWS, isTyping: false }, 'pasted rows.csv');
  expect(await file?.text()).toBe(ROWS);
});

test('in a field the text of the cells stays with the field', () => {
  expect(names([picture], ROWS, true)).toEqual([]);
  expect(names([], ROWS, true)).toEqual([]);
});

test('files are handed in wherever they are pasted, also with their names beside them, and a picture alone is refused as what it is', () => {
  expect(names([list], '', true)).toEqual(['people.csv']);
  expect(names([list, picture], 'people.csv\nimage.png')).toEqual(['people.csv', 'image.png']);
  expect(names([picture], '')).toEqual(['image.png']);
});

test('a single line is no table', () => expect(names([], 'Anna')).toEqual([]));
