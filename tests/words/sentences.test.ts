/** What is said of rows, files and runs, in every language: both name the same values, and what was kept says itself again. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { SENTENCES, type SentenceKey, sentence, sentenceSchema } from '#lib/domain/sentences/sentence.ts';
import { SENTENCES_DE, sentenceIn, whyClosedIn } from '#lib/words/sentences.ts';

type Samples = { [Key in SentenceKey]: Parameters<(typeof SENTENCES)[Key]>[] };

const what = '<what>';
const name = '<name>';
const found = ['<found>', '<another>'];
const nothing: [[]] = [[]];

/** Each of their kinds. */
const SAMPLES: Samples = {
  together: [[{ problems: found }]],
  tooLong: [[{ what, length: 417, limit: 418 }]],
  isEmpty: [[{ what }]],
  headerAgain: [[{ what }]],
  controlCharacter: [[{ what, character: 'U+0007', position: 417 }]],
  invisibleCharacter: [[{ what, character: 'U+200B', position: 417 }]],
  mixedLetters: [[{ what, scripts: ['<Latin>', '<Cyrillic>'] }]],
  unreadLetter: [[{ what }]],
  lostLetter: [[{ what }]],
  formulaText: [[{ what }]],
  garbled: [[{ what, otherwise: '<otherwise>' }]],
  encodingDoubt: [[{ what, value: '<value>', read: '<read>', readings: found }]],
  valueIn: [[{ value: '<value>', codePage: '<page>' }]],
  noAt: [[{ what }]],
  mustNotContain: [[{ what, characters: found, more: 0 }], [{ what, characters: found, more: 417 }]],
  characterAt: [[{ character: '<character>', position: 417 }]],
  blank: nothing,
  secondAt: nothing,
  nothingBeforeAt: [[{ what }]],
  longBeforeAt: [[{ what, length: 417, limit: 418 }]],
  dotAtEdge: [[{ what }]],
  nothingAfterAt: [[{ what }]],
  domainWithoutDot: [[{ what, domain: '<domain>' }]],
  domainEmptyPart: [[{ what }]],
  domainHyphen: [[{ what }]],
  domainLongPart: [[{ what, limit: 417 }]],
  domainLooksLike: [[{ what, domain: '<domain>', known: '<known>' }]],
  asAbove: [[{ what, text: '<text>' }]],
  notACountry: [[{ what, text: '<text>' }]],
  notADate: [[{ what, text: '<text>' }]],
  severalDates: [[{ what, text: '<text>', dates: found }], [{ what, text: '<text>', dates: [...found, '<third>'] }]],
  noSuchDay: [[{ what, text: '<text>' }]],
  oddYear: [[{ what, text: '<text>', year: '<year>' }]],
  fewFields: [[{ fields: 417, width: 418 }]],
  manyFields: [[{ fields: 418, width: 417 }]],
  perhapsCut: [[{ fields: 417, width: 418 }]],
  swallowedRow: [[{ what, upn: '<upn>' }]],
  commentedRow: [[{ what, mark: '#' }]],
  struckRow: nothing,
  leaverRow: [[{ what, text: '<text>' }]],
  fileOfLeavers: [[{ name: '<name>' }]],
  belowLeavers: [[{ title: '<title>' }]],
  unwantedRow: [[{ what, text: '<text>' }]],
  exampleRow: [[{ what }]],
  nameCorrectedBefore: [[{ what, by: '<by>', known: '<known>' }]],
  leaverWaits: [[{ name: '<name>' }]],
  closedMeanwhile: [[{ by: '<by>', why: '<why>' }]],
  correctedMeanwhile: [[{ by: '<by>' }]],
  cameAgain: [[{ line: '417', file: '<file>' }]],
  cameBefore: [[{ line: '417', file: '<file>' }]],
  cameBeforeAll: [[{ n: 1 }], [{ n: 417 }]],
  fileReadAgain: nothing,
  fileCameBefore: [[{ file: '<file>' }]],
  cameBeforeAlike: [[{ line: '417', file: '<file>' }]],
  cameBeforeAlikeAll: [[{ n: 1 }], [{ n: 417 }]],
  belowOtherHeader: [[{ line: 4 }]],
  cannotBeRead: nothing,
  correctedCannotBeRead: nothing,
  rowTooLong: [[{ length: 417, limit: 418 }]],
  afterQuote: [[{ position: 417, found: '<found>' }]],
  farColumn: [[{ column: '<column>', limit: 417 }]],
  onlyFormulas: [[{ cell: '<cell>' }]],
  longCell: [[{ cell: '<cell>', limit: 417 }]],
  earlierRowDiffers: [
    [{ what, after: '<after>', before: '<before>', counts: true }],
    [{ what, after: '<after>', before: '<before>', counts: false }],
  ],
  earlierRowReplaced: [[{ what, after: '<after>', before: '<before>' }]],
  perhapsTurned: [[{ what, date: '2026-05-06', other: '2026-06-05' }]],
  firstDayOfPart: [[{ what, text: '<text>', date: '2026-07-01' }]],
  laterStart: [[{ what, text: '<text>', startDate: '2026-09-01' }]],
  perhapsStart: [[{ what, text: '<text>' }]],
  readAsStart: [[{ name: '<name>' }]],
  nameOfParts: [[{ names: ['<given>', '<family>'] }]],
  startOfParts: [[{ names: ['<year>', '<month>'] }]],
  earlierValueStays: [[{ what, known: '<known>' }]],
  nameCorrected: [[{ what, by: '<by>', known: '<known>' }]],
  emptyFile: nothing,
  unreadableHeader: nothing,
  oneCellALine: nothing,
  notATable: (
    [
      'json',
      'web_page',
      'xml',
      'ldif',
      'sql',
      'pdf',
      'rtf',
      'encrypted',
      'vcard',
      'sylk',
      'yaml',
      'fixed_width',
      'screen_output',
    ] as const
  ).map((format) => [{ format }]),
  wrongSeparator: [[{ separator: '<separator>' }]],
  headerLine: [[{ problem: '<problem>' }]],
  lineTooLong: [[{ length: 417, limit: 418 }]],
  tooManyColumns: [[{ columns: 417, limit: 418 }]],
  wrongHeader: [[{ problems: found }]],
  columnsMissing: [[{ columns: ['<one>'], found }], [{ columns: ['<one>', '<two>'], found }]],
  chosenTwice: [[{ name: '<name>', owner: '<owner>', column: '<column>' }]],
  severalColumns: [[{ column: '<column>', times: 417, found }]],
  noHeaderLine: nothing,
  noHeader: [[{ line: '<line>', columns: found }]],
  tooMuchToRead: nothing,
  cannotBeSeparated: [[{ line: 417 }]],
  unclosedQuote: nothing,
  quotesDoNotMatch: [[{ found: '<found>', from: 417, to: 418 }]],
  endlessRow: nothing,
  nulCharacter: nothing,
  oldOfficeFile: nothing,
  utf16FromLine: [[{ line: 417 }]],
  markedAsUtf8: nothing,
  mixedEncodings: [[{ utf8: 417, other: 418 }]],
  mixedInLine: nothing,
  unknownEncoding: nothing,
  notAllUtf16: [[{ line: 417 }]],
  nulFromLine: [[{ line: 417 }]],
  utf32: nothing,
  nulPadding: nothing,
  underlineSkipped: nothing,
  halfCharacter: nothing,
  cutCharacter: nothing,
  malware: [[{ signature: '<signature>' }]],
  tooLongToScan: nothing,
  protectedWorkbook: nothing,
  damagedWorkbook: nothing,
  partTooLarge: [[{ part: '<part>' }]],
  tooManyParts: [[{ limit: 417 }]],
  tooMuchText: nothing,
  declaresType: nothing,
  binaryWorkbook: nothing,
  otherOfficeFile: nothing,
  openDocument: nothing,
  numbersFile: nothing,
  compressedFile: nothing,
  zipArchive: nothing,
  tooManyRows: [[{ limit: 417 }]],
  severalSheets: [[{ n: 417, sheets: found, more: 418 }], [{ n: 417, sheets: found, more: 0 }]],
  hiddenSheet: [[{ sheet: '<sheet>', columns: found }]],
  emptyWorkbook: nothing,
  wholeFileRefused: nothing,
  wholeFileRefusedAt: [[{ line: 417, problem: '<problem>' }]],
  titlesPassedOver: [[{ n: 1, lines: ['<one>'] }], [{ n: 418, lines: ['<one>'] }]],
  passedOver: [[{ n: 1, lines: ['<one>'] }], [{ n: 418, lines: ['<one>'] }]],
  otherDelimiter: [[{ header: ',', rows: ';' }], [{ header: '\t', rows: '|' }]],
  columnsByHand: nothing,
  columnsInOrder: nothing,
  longNames: [[{ n: 1, limit: 417 }], [{ n: 418, limit: 417 }]],
  firstColumnCounts: [[{ problem: '<problem>' }]],
  firstFilledCounts: [[{ problem: '<problem>' }]],
  encodingGuess: [[{ read: '<read>', others: found }]],
  otherSheets: [
    [{ sheet: '<sheet>', n: 1, others: ['<other>'], hidden: 0 }],
    [{ sheet: '<sheet>', n: 1, others: ['<other>'], hidden: 1 }],
    [{ sheet: '<sheet>', n: 417, others: ['<other>'], hidden: 418 }],
  ],
  uncalculated: [[{ cell: '<cell>' }]],
  struckText: [[{ whole: '<whole>', read: '<read>' }]],
  hiddenRows: nothing,
  mergedCells: nothing,
  firstLineSays: [
    [{ line: 417, column: '<column>', before: '<before>', after: '<after>', newestWins: true }],
    [{ line: 417, column: '<column>', before: '<before>', after: '<after>', newestWins: false }],
  ],
  domainMeant: [[{ domain: '<domain>', meant: '<meant>' }]],
  domainUnknown: [[{ domain: '<domain>' }]],
  typeUnmapped: [[{ type: '<type>' }]],

  folderUnreadable: [[{ folder: '<folder>', why: '<why>' }]],
  folderUnusable: [[{ name, why: '<why>' }]],
  restNotLookedAt: [[{ why: '<why>' }]],
  fileNotImported: [[{ name, why: '<why>' }]],
  copyMissing: [[{ name, folder: '<folder>' }]],
  restNotImported: [[{ name, why: '<why>' }]],
  moveNotCompleted: [[{ name, why: '<why>' }]],
  notCompared: [[{ name, why: '<why>' }]],
  fileUnreadable: [[{ name, why: '<why>' }]],
  symbolicLink: [[{ name }]],
  notRegular: [[{ name }]],
  nameUnreadable: [[{ name }]],
  hardLink: [[{ name }]],
  openElsewhere: [[{ name }]],
  scannerSilent: [[{ why: '<why>' }]],
  noVerdict: [[{ name, why: '<why>' }]],
  cutRow: [[{ line: 417, name }]],
  waiting: [[{ problem: '<problem>' }]],
  databaseLocked: nothing,
  diskFull: nothing,
  databaseReadOnly: nothing,
  databaseMoved: [[{ file: '<file>' }]],
  databaseLost: [[{ why: '<why>' }]],
  databaseReplaced: [[{ why: '<why>' }]],
  otherName: nothing,
  tooManyRequests: [[{ seconds: 417 }]],
  changedAfterMove: [[{ name }]],
  removedWhileRead: [[{ name }]],
  changedWhileImported: [[{ name }]],
  nameTaken: [[{ name, stored: '<stored>' }]],
  noRealFolder: [[{ name, folder: '<folder>' }]],
  folderReplaced: [[{ name, folder: '<folder>' }]],
  endlessFile: [[{ name, gigabytes: 4000 }]],
  moreWarnings: [[{ n: 1, kept: 100 }], [{ n: 4000, kept: 100 }]],
  otherFiles: [[{ files: found, more: 0 }], [{ files: found, more: 417 }]],
  otherFile: [[{ name, advice: '<advice>' }]],
  saveAsWorkbookOrCsv: nothing,
  unpackIt: nothing,
  writeItAgain: nothing,
  renameToCsv: nothing,
  moveFilesUp: nothing,
  moveElsewhere: nothing,
  certificateExpired: [[{ path: '<path>' }]],
  certificateExpires: [[{ path: '<path>', days: 417 }]],
  certificateUnreadable: [[{ path: '<path>' }]],
  graphAgainSoon: [[{ why: '<why>' }]],
  runCancelled: [[{ by: '<by>' }]],
  runStopped: nothing,
  processEnded: nothing,
  runFailed: [[{ id: '<id>' }]],
  signInFailed: [[{ why: '<why>' }]],
  tokenRefused: nothing,
  signInsThrottled: nothing,
  entraSilent: nothing,
  graphSilent: [[{ why: '<why>' }]],
  graphThrottles: nothing,
  putOff: [[{ call: '<call>', why: '<why>', minutes: 417 }]],
  graphAnswered: [[{ status: 417, permission: '<permission>' }]],
  licencesUnreadable: nothing,
  noLicencesNamed: nothing,
  permissionMissing: [[{ permission: '<permission>', why: '<why>' }]],
  userPermissionMissing: [[{ why: '<why>' }]],
  batchRefused: nothing,
  accountsRefused: [
    [{ permission: '<permission>', n: 1, access: 'mailbox' }],
    [{ permission: '<permission>', n: 417, access: 'assign' }],
    [{ permission: '<permission>', n: 417, access: 'mailbox' }],
    [{ permission: '<permission>', n: 417, access: 'location' }],
  ],
  mostCallsFailed: [[{ failed: 417, all: 418 }]],

  notInTenant: [[{ name, partNumber: '<number>' }]],
  suspended: [[{ name }]],
  noFreeSeat: [[{ name }]],
  noMailboxPlan: nothing,
  mailboxPlanTurnedOff: [[{ licences: found }]],
  exclusivePlans: [[{ plans: found }]],
  paidTwice: [[{ plan: '<plan>', licences: found }]],
};

const CASES = Object.entries(SAMPLES).flatMap(([key, all]) =>
  all.map((values, at): [string, number, SentenceKey, object[]] => [key, at, key as SentenceKey, values]),
);

const made = sentence as (key: string, ...values: object[]) => ReturnType<typeof sentence>;

/** What both languages must name: nothing of the case may be lost. */
const namesIn = (text: string) => [...text.matchAll(/<\w+>|\b41[78]\b|U\+\w+/g)].map(([name]) => name).toSorted();

test.each(CASES)('%s, %i: both languages name the same, and what is kept says itself again', (_, __, key, values) => {
  const { message, said } = made(key, ...values);
  const kept = sentenceSchema.parse(JSON.parse(JSON.stringify({ message, said })));
  expect(sentenceIn('en', kept)).toEqual({ message, lang: undefined });
  const german = sentenceIn('de', kept);
  expect(german.lang).toBeUndefined();
  expect(namesIn(german.message)).toEqual(namesIn(message));
  for (const text of [message, german.message]) expect(text).not.toMatch(/undefined|null|\[object|NaN/);
  if (key !== 'together') expect(german.message).not.toBe(message);
});

test.each(Object.entries(SAMPLES))(
  '%s is said otherwise of each kind: of one and of many, of all and of none',
  (key, all) => {
    const counted = (text: string) => text.replaceAll(/\b(?:1|417|418)\b/g, '#');
    for (const language of ['en', 'de'] as const) {
      const texts = all.map((values) => sentenceIn(language, made(key, ...values)).message);
      expect(new Set(texts.map(counted)).size).toBe(all.length);
      for (const text of texts) expect(text).not.toMatch(/(?<=^|\s)[0-]\d*(?=[\s.])/);
    }
  },
);

test('a sentence within another is said in the same language', () => {
  const { said } = sentence('mustNotContain', {
    what: 'CN',
    characters: [{ say: ['characterAt', { character: { say: ['blank'] }, position: 3 }] }],
    more: 0,
  });
  expect(sentenceIn('de', { message: '', said }).message).toBe(
    'CN enthält ein unzulässiges Zeichen: ein Leerzeichen an Stelle 3',
  );
});

test.each([
  ['of an earlier version', 'CN is odd'],
  ['with a key that is not known', { message: 'CN is odd', said: ['isOdd', { what: 'CN' }] }],
  ['without a value', { message: 'CN is odd', said: ['isEmpty', {}] }],
  ['with the name of something else', { message: 'CN is odd', said: ['toString', {}] }],
  ['of another shape', { message: 'CN is odd', said: { key: 'isEmpty' } }],
])('a sentence %s is shown in English and marked so', (_, stored) => {
  expect(sentenceIn('de', sentenceSchema.parse(stored))).toEqual({ message: 'CN is odd', lang: 'en' });
});

test.each([
  'It came again as line 3 of a.csv, and stays out there.',
  sentence('cameAgain', { line: '3', file: 'a.csv' }).message,
])('why an import closed a row is said in German, also as an earlier version stored it: %s', (stored) => {
  expect(whyClosedIn('de', stored)).toBe('Sie kam als Zeile 3 von a.csv wieder und wurde auch dort nicht übernommen.');
});

test('every sentence has German of its own', () => {
  expect(Object.keys(SENTENCES_DE).toSorted()).toEqual(Object.keys(SENTENCES).toSorted());
});

/** Events say what was recorded with them in other languages; what programs read is English. */
const OF_EVENTS_AND_PROGRAMS = /recordEvent|\bmessage: error\.message|log\.|throw new Error|new StoppedError/;

test('no sentence of intake or of a run is written outside them', () => {
  const root = path.join(import.meta.dirname, '..', '..');
  const intake = path.join(root, 'lib', 'intake');
  const files = ['csv', 'xlsx'].flatMap((folder) =>
    readdirSync(path.join(intake, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => path.join(intake, folder, name)),
  );
  for (const name of ['draft/review.ts', 'malware.ts', 'rows/rows.ts', 'column-rules.ts', 'rows/case-names.ts'])
    files.push(path.join(intake, name));
  for (const name of [
    'intake/drop-folder/drop-folder.ts',
    'intake/drop-folder/move.ts',
    'intake/drop-folder/scan-file.ts',
    'engine/run.ts',
  ])
    files.push(path.join(root, 'lib', name));
  const literal = /\b(?:message|why|problem|notes|problems|warning)\b:? ?=?[^;\n]*?['"`][^'"`\n]*\w \w[^'"`\n]*['"`]/;
  const outside = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => literal.test(line) && !OF_EVENTS_AND_PROGRAMS.test(line) && !/^\s*(?:\/?\*|\/\/)/.test(line))
      .map((line) => `${path.basename(file)}: ${line.trim()}`),
  );
  expect(outside).toEqual([]);
});
