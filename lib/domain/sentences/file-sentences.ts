/** What is wrong with rows and files or doubtful about them, and how a file was read. English; German in `lib/words/de/file-sentences.ts`. Pure. */

const quoted = (text: string) => JSON.stringify(text);
const number = (n: number) => n.toLocaleString('en');
const andMore = (n: number) => (n > 0 ? ` and ${n} more` : '');
const columnsMissing = 'it has no header with UserPrincipalName, CN and EmployeeType';
const saveAsUtf8 = 'Save it again as "CSV UTF-8" and upload or drop it again.';
const saveAsWorkbook = 'Save it as "Excel Workbook (.xlsx)" or as "CSV UTF-8", and upload or drop that.';
const delimiters = (one: string) =>
  ({ ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'vertical bars' })[one] ?? quoted(one);
const saveAnew = 'Open it in Excel, save it again, and upload or drop it again.';

/** `what`: a column. Sentences without an end, which are joined. */
const ROW_SENTENCES = {
  together: ({ problems }: { problems: readonly string[] }) => `${problems.join('; ')}.`,

  /** Any value may be so. */
  tooLong: ({ what, length, limit }: { what: string; length: number; limit: number }) =>
    `${what} is too long: ${length} characters, at most ${limit}`,
  isEmpty: ({ what }: { what: string }) => `${what} is empty`,
  controlCharacter: ({ what, character, position }: { what: string; character: string; position: number }) =>
    `${what} contains the control character ${character} at position ${position}`,
  invisibleCharacter: ({ what, character, position }: { what: string; character: string; position: number }) =>
    `${what} contains the invisible character ${character} at position ${position}`,
  mixedLetters: ({ what, scripts }: { what: string; scripts: readonly string[] }) =>
    `${what} mixes ${scripts.join(' and ')} letters in one word`,
  unreadLetter: ({ what }: { what: string }) =>
    `${what} contains U+FFFD, which marks a letter that a program could not read`,
  lostLetter: ({ what }: { what: string }) =>
    `${what} has a question mark in a word, as programs write for a letter that they cannot keep`,
  formulaText: ({ what }: { what: string }) => `${what} is a formula, not what it results in`,
  garbled: ({ what, otherwise }: { what: string; otherwise: string }) =>
    `${what} is probably ${quoted(otherwise)}, garbled by an earlier program`,
  encodingDoubt: ({
    what,
    value,
    read,
    readings,
  }: {
    what: string;
    value: string;
    read: string;
    readings: readonly string[];
  }) =>
    `${what} is ${quoted(value)} in ${read}, but would be ${readings.join(' and ')}: the file does not say which it is in`,
  /** Part of the one before. */
  valueIn: ({ value, codePage }: { value: string; codePage: string }) => `${quoted(value)} in ${codePage}`,

  headerAgain: ({ what }: { what: string }) =>
    `${what} holds the name of a column: this row is a header and names nobody`,
  commentedRow: ({ what, mark }: { what: string; mark: string }) =>
    `${what} begins with ${mark}: someone may have taken this row out on purpose`,
  struckRow: () => 'The row is struck through: someone may have taken it out on purpose',
  leaverRow: ({ what, text }: { what: string; text: string }) =>
    `${what} says ${quoted(text)}: this row may be about a leaver, who gets no licence`,
  unwantedRow: ({ what, text }: { what: string; text: string }) =>
    `${what} says ${quoted(text)}: this row may be about somebody who is to get no mailbox`,
  fileOfLeavers: ({ name }: { name: string }) =>
    `The name ${quoted(name)} says that this file is about leavers, who get no licence. If it is not, give it another name and drop it again, or upload it.`,
  belowLeavers: ({ title }: { title: string }) =>
    `The row stands below ${quoted(title)}: it may be about a leaver, who gets no licence`,
  nameCorrectedBefore: ({ what, by, known }: { what: string; by: string; known: string }) =>
    `${by} has corrected this ${what} to ${known} before: as it is, the row creates another person`,
  leaverWaits: ({ name }: { name: string }) =>
    `${name} is waiting under People all the same and may get a licence: dismiss the person there if they leave`,
  /** A row opened as an upload, about which a colleague has decided since. */
  closedMeanwhile: ({ by, why }: { by: string; why: string }) => `${by} has closed this row in the meantime: ${why}`,
  correctedMeanwhile: ({ by }: { by: string }) => `${by} has corrected this row in the meantime`,
  /** Why a row was closed by its import. */
  cameAgain: ({ line, file }: { line: string; file: string }) =>
    `It came again as line ${line} of ${file}, where it was not imported either.`,
  cameBefore: ({ line, file }: { line: string; file: string }) =>
    `It came before, word for word, as line ${line} of ${file}, and is decided there.`,
  /** Of a file that was refused whole. */
  fileCameBefore: ({ file }: { file: string }) => `It came before, byte for byte, as ${file}, and is decided there.`,
  fileReadAgain: () => 'The file was still being written when it was refused, and is read again.',
  cameBeforeAll: ({ n }: { n: number }): string =>
    n === 1
      ? 'it came before, word for word, and is decided where it first came'
      : 'they came before, word for word, and are decided where they first came',
  /** The same where other words stand only in what does not count. */
  cameBeforeAlike: ({ line, file }: { line: string; file: string }) =>
    `It came before, with the same in all that counts, as line ${line} of ${file}, and is decided there.`,
  cameBeforeAlikeAll: ({ n }: { n: number }): string =>
    n === 1
      ? 'it came before, with the same in all that counts, and is decided where it first came'
      : 'they came before, with the same in all that counts, and are decided where they first came',
  exampleRow: ({ what }: { what: string }) => `${what} is marked as an example: this row names nobody`,
  noAt: ({ what }: { what: string }) => `${what} has no @`,
  mustNotContain: ({ what, characters, more }: { what: string; characters: readonly string[]; more: number }) =>
    `${what} must not contain ${characters.join(', ')}${andMore(more)}`,
  /** Parts of the one before. */
  characterAt: ({ character, position }: { character: string; position: number }) =>
    `${character} at position ${position}`,
  blank: () => 'a space',
  secondAt: () => 'a second "@"',
  nothingBeforeAt: ({ what }: { what: string }) => `${what} has nothing before the @`,
  longBeforeAt: ({ what, length, limit }: { what: string; length: number; limit: number }) =>
    `${what} has ${length} characters before the @, at most ${limit}`,
  dotAtEdge: ({ what }: { what: string }) => `${what} must not have a dot at the start or right before the @`,
  nothingAfterAt: ({ what }: { what: string }) => `${what} has nothing after the @`,
  domainWithoutDot: ({ what, domain }: { what: string; domain: string }) =>
    `${what} has the domain ${quoted(domain)}, which has no dot`,
  domainEmptyPart: ({ what }: { what: string }) =>
    `${what} has a domain with an empty part (two dots in a row, or one at its start or end)`,
  domainHyphen: ({ what }: { what: string }) => `${what} has a domain with a part that starts or ends with a hyphen`,
  domainLongPart: ({ what, limit }: { what: string; limit: number }) =>
    `${what} has a domain with a part of more than ${limit} characters`,
  domainLooksLike: ({ what, domain, known }: { what: string; domain: string; known: string }) =>
    `${what} is at ${domain}, where no account is known; it looks like ${known}, where there are`,

  asAbove: ({ what, text }: { what: string; text: string }) =>
    `${what} ${quoted(text)} only says that it is as in the row above: write the value itself`,
  notACountry: ({ what, text }: { what: string; text: string }) =>
    `${what} ${quoted(text)} is not a country code or name: use the two letters of ISO 3166-1, for example DE`,
  notADate: ({ what, text }: { what: string; text: string }) =>
    `${what} ${quoted(text)} is not a date: write it as 2026-03-04`,
  severalDates: ({ what, text, dates }: { what: string; text: string; dates: readonly string[] }) =>
    `${what} ${quoted(text)} can be read as ${dates.length === 2 ? 'two' : 'three'} dates: write it as ${[dates.slice(0, -1).join(', '), dates.at(-1)].join(' or ')}`,
  noSuchDay: ({ what, text }: { what: string; text: string }) =>
    `${what} ${quoted(text)} does not exist in the calendar: check day and month`,
  oddYear: ({ what, text, year }: { what: string; text: string; year: string }) =>
    `${what} ${quoted(text)} is in the year ${year}: check the year`,

  fewFields: ({ fields, width }: { fields: number; width: number }) =>
    `The row has too few fields: ${fields}, where the header has ${width}`,
  manyFields: ({ fields, width }: { fields: number; width: number }) =>
    `The row has too many fields: ${fields}, where the header has ${width}`,
  perhapsCut: ({ fields, width }: { fields: number; width: number }) =>
    `The file ends within this row, which has fewer fields than all others (${fields}, where the header has ${width}): it may be cut off`,
  swallowedRow: ({ what, upn }: { what: string; upn: string }) =>
    `${what} spans several lines and contains ${upn}, as if a quote had swallowed a row: check the quotes`,
  belowOtherHeader: ({ line }: { line: number }) =>
    `The row stands below another header (line ${line}): its columns are not those by which the file is read`,
  cannotBeRead: () => 'The row cannot be read',
  correctedCannotBeRead: () => 'The corrected row cannot be read: check its quotes',
  rowTooLong: ({ length, limit }: { length: number; limit: number }) =>
    `The row is too long: ${length} characters, at most ${limit}`,
  afterQuote: ({ position, found }: { position: number; found: string }) =>
    `Character ${position} of the line, ${quoted(found)}, follows a closing quote: double a quote ("") that is part of the value`,
  farColumn: ({ column, limit }: { column: string; limit: number }) =>
    `The row has a value in column ${column}: at most ${number(limit)} columns are read`,
  longCell: ({ cell, limit }: { cell: string; limit: number }) =>
    `Cell ${cell} is longer than ${number(limit)} characters`,
  onlyFormulas: ({ cell }: { cell: string }) =>
    `The row holds nothing but formulas whose results are not in the file (first in cell ${cell}): open the workbook in Excel, save it, and upload or drop it again`,

  /** `counts`: what the earlier row says is used; otherwise somebody has to choose. */
  earlierRowDiffers: ({
    what,
    after,
    before,
    counts,
  }: {
    what: string;
    after: string | null;
    before: string | null;
    counts: boolean;
  }) =>
    `${what} is ${JSON.stringify(after)} here, but an earlier row of this file says ${JSON.stringify(before)}${counts ? ', which is used' : ': someone has to choose'}`,
  /** The same where the newest row wins. */
  earlierRowReplaced: ({ what, after, before }: { what: string; after: string | null; before: string | null }) =>
    `${what} is ${JSON.stringify(after)} here, which is used; an earlier row of this file says ${JSON.stringify(before)}`,
  /** In a column where later days of a month are still text. */
  perhapsTurned: ({ what, date, other }: { what: string; date: string; other: string }) =>
    `${what} ${date} may be meant as ${other}: in this column only days after the 12th are still written as day/month/year, as a spreadsheet leaves them that takes the others for month/day/year`,
  /** A quarter or a half of a year. */
  firstDayOfPart: ({ what, text, date }: { what: string; text: string; date: string }) =>
    `${what} ${quoted(text)} is no day: its first one is used, ${date}, counted from January`,
  /** A day to come, in a column that nobody knows. */
  perhapsStart: ({ what, text }: { what: string; text: string }) =>
    `${what} names a day to come, ${quoted(text)}, but its meaning is not known: if it is the start date, name the column in Settings`,
  /** In another column that says when people begin. */
  laterStart: ({ what, text, startDate }: { what: string; text: string; startDate: string }) =>
    `${what} names a later day, ${quoted(text)}, but StartDate says ${startDate}, which is used`,
  /** An empty cell beside what is known. */
  earlierValueStays: ({ what, known }: { what: string; known: string }) =>
    `${what} is empty here; what was known before stays: ${known}`,
  nameCorrected: ({ what, by, known }: { what: string; by: string; known: string }) =>
    `${by} has corrected this ${what} to ${known}, whom the row counts for`,
};

const OTHER_FORMATS = {
  json: 'JSON',
  web_page: 'a web page (HTML)',
  xml: 'XML',
  ldif: 'LDIF',
  sql: 'a list of SQL statements',
  pdf: 'a PDF',
  rtf: 'a text document (RTF)',
  encrypted: 'encrypted or signed',
  vcard: 'a vCard',
  sylk: 'a spreadsheet in SYLK',
  yaml: 'YAML',
  fixed_width: 'text in columns of fixed width',
  screen_output: 'what PowerShell shows on the screen',
} as const;

/** What a file may be instead of a table. */
export type OtherFormat = keyof typeof OTHER_FORMATS;

/** Why a whole file is refused. */
const FILE_SENTENCES = {
  emptyFile: () => `The file is empty: ${columnsMissing}.`,
  unreadableHeader: () => 'The header cannot be read.',
  notATable: ({ format }: { format: OtherFormat }) =>
    `This is ${OTHER_FORMATS[format]}, not a table. Export the people as CSV or as a workbook (.xlsx), and upload or drop that.`,
  oneCellALine: () =>
    'Each line of this file is one quoted cell: a program that saved it took every line for a single value. Export it again, and do not open it before you upload or drop it.',
  wrongSeparator: ({ separator }: { separator: string }) =>
    `The line "sep=" declares ${quoted(separator)}; use a comma, semicolon, tab or vertical bar.`,
  headerLine: ({ problem }: { problem: string }) => `In the header: ${problem}.`,
  lineTooLong: ({ length, limit }: { length: number; limit: number }) =>
    `the line is too long: ${length} characters, at most ${limit}`,
  tooManyColumns: ({ columns, limit }: { columns: number; limit: number }) =>
    `This line has ${columns} columns, at most ${limit} are read.`,
  wrongHeader: ({ problems }: { problems: readonly string[] }) => `In the header ${problems.join(', and ')}.`,
  /** Parts of the one before. */
  columnsMissing: ({ columns, found }: { columns: readonly string[]; found: readonly string[] }) =>
    `the column${columns.length > 1 ? 's' : ''} ${columns.join(', ')} ${columns.length > 1 ? 'are' : 'is'} missing (found: ${found.map(quoted).join(', ')})`,
  chosenTwice: ({ name, owner, column }: { name: string; owner: string; column: string }) =>
    `${quoted(name)} is chosen for both ${owner} and ${column}`,
  severalColumns: ({ column, times, found }: { column: string; times: number; found: readonly string[] }) =>
    `the column ${column} appears ${times} times (${found.map(quoted).join(', ')})`,
  noHeaderLine: () => 'the file has no header line: its first line is a row',
  noHeader: ({ line, columns }: { line: string; columns: readonly string[] }) =>
    `The file has no header: its first line, ${quoted(line)}, names someone already. So the columns ${columns.join(', ')} are missing. Add a line above it that names the columns, or agree on their order in Settings.`,
  tooMuchToRead: () => 'The file is too long to be read at once: split it before this line.',
  cannotBeSeparated: ({ line }: { line: number }) =>
    `The rows from line ${line} on cannot be separated reliably. Save the file again as CSV.`,
  unclosedQuote: () =>
    'A quote opens here and is never closed, so the end of this row is unknown. Close the quote, or double it ("") if it is part of the value.',
  quotesDoNotMatch: ({ found, from, to }: { found: string; from: number; to: number }) =>
    `${quoted(found)} follows a closing quote, in a row that spans lines ${from} to ${to}: the quotes do not match, so rows may have run together. Correct the quotes.`,
  endlessRow: () => 'This row is longer than a million characters: it is not a row of people.',

  nulCharacter: () => 'This line contains a NUL character: the file is not text, or it was only partly written.',
  nulFromLine: ({ line }: { line: number }) =>
    `The text breaks off in line ${line}, and only NUL characters follow: the file was only partly written. Export it again, so that nobody is left out.`,
  utf32: () => `The file is in UTF-32, which is not read. ${saveAsUtf8}`,
  oldOfficeFile: () =>
    'This is a workbook of Excel 97 to 2003 (.xls) or another old Office file. Open it, save it as "Excel Workbook (.xlsx)" or as "CSV UTF-8", and upload or drop that.',
  utf16FromLine: ({ line }: { line: number }) =>
    `The file mixes encodings: from line ${line} on it is UTF-16, before that it is not. ${saveAsUtf8}`,
  markedAsUtf8: () => `The file is marked as UTF-8, but this line is not. ${saveAsUtf8}`,
  mixedEncodings: ({ utf8, other }: { utf8: number; other: number }) =>
    `The file mixes encodings: line ${utf8} is UTF-8, line ${other} is not. ${saveAsUtf8}`,
  mixedInLine: () => `The file mixes encodings: some words of this line are UTF-8, others are not. ${saveAsUtf8}`,
  unknownEncoding: () => `This line is neither UTF-8 nor UTF-16 nor in a common code page. ${saveAsUtf8}`,
  notAllUtf16: ({ line }: { line: number }) =>
    `The file mixes encodings: it is UTF-16, but line ${line} is not. ${saveAsUtf8}`,
  halfCharacter: () => `This line is not valid UTF-16 (half a character). ${saveAsUtf8}`,
  cutCharacter: () => 'The file ends in the middle of a character: it was only partly written.',

  malware: ({ signature }: { signature: string }) =>
    `The malware scanner found ${signature} in this file, so it was not read. Find out where it comes from before anyone opens it.`,
  tooLongToScan: () =>
    'The file is longer than the malware scanner takes, so it was not read. Split it, or raise StreamMaxLength in clamd.conf.',

  protectedWorkbook: () =>
    'The workbook is protected with a password. Save it without one, and upload or drop it again.',
  damagedWorkbook: () => `The workbook is damaged or was only partly written. ${saveAnew}`,
  partTooLarge: ({ part }: { part: string }) =>
    `${quoted(part)} in this workbook unpacks to far more than a list of people needs, so it is not read. Copy the rows to a new workbook.`,
  tooManyParts: ({ limit }: { limit: number }) =>
    `This archive has more than ${number(limit)} parts: it is not a list of people.`,
  tooMuchText: () => 'The workbook holds more text than a list of people needs. Split it, or save it as CSV.',
  declaresType: () => 'The workbook declares a document type, which no spreadsheet does, so it is not read.',
  binaryWorkbook: () => `This is a binary workbook (.xlsb). ${saveAsWorkbook}`,
  otherOfficeFile: () =>
    `This is a document of another Office program, such as Word, not an Excel workbook. Copy its table to Excel, save it there as "Excel Workbook (.xlsx)" or as "CSV UTF-8", and upload or drop that.`,
  openDocument: () => `This is an OpenDocument file (.ods). ${saveAsWorkbook}`,
  numbersFile: () => `This is a spreadsheet of Numbers. ${saveAsWorkbook}`,
  compressedFile: () => 'This is a compressed file. Unpack it, and upload or drop what is in it.',
  zipArchive: () => 'This is a ZIP archive. Unpack it, and upload or drop the files in it one by one.',
  tooManyRows: ({ limit }: { limit: number }) => `The sheet has more than ${number(limit)} rows.`,
  severalSheets: ({ n, sheets, more }: { n: number; sheets: readonly string[]; more: number }) =>
    `${n} sheets of this workbook name people: ${sheets.map(quoted).join(', ')}${andMore(more)}. Save each of them as a file of its own, so that nobody is left out.`,
  hiddenSheet: ({ sheet, columns }: { sheet: string; columns: readonly string[] }) =>
    `Only the hidden sheet ${quoted(sheet)} names the columns ${columns.join(', ')}. Unhide it, or copy it to a workbook of its own.`,
  emptyWorkbook: () => `The workbook is empty: ${columnsMissing}.`,

  wholeFileRefused: () => 'The whole file was refused.',
  wholeFileRefusedAt: ({ line, problem }: { line: number; problem: string }) =>
    `The whole file was refused. Line ${line}: ${problem}`,
};

/** What was passed over or decided before the first row. */
const READING_SENTENCES = {
  passedOver: ({ n, lines }: { n: number; lines: readonly string[] }) =>
    `${n === 1 ? 'One line' : `${n} lines`} above the header ${n === 1 ? 'was' : 'were'} skipped: ${lines.map(quoted).join(', ')}${andMore(n - lines.length)}.`,
  /** Where there is no header. */
  titlesPassedOver: ({ n, lines }: { n: number; lines: readonly string[] }) =>
    `${n === 1 ? 'One line' : `${n} lines`} above the first row ${n === 1 ? 'was' : 'were'} skipped: ${lines.map(quoted).join(', ')}${andMore(n - lines.length)}.`,
  underlineSkipped: () => 'The line below the header was skipped: it only underlines the names of the columns.',
  nulPadding: () =>
    'The file is padded with NUL characters, which were skipped. Check that nobody is missing at the end.',
  otherDelimiter: ({ header, rows }: { header: string; rows: string }) =>
    `The header is separated by ${delimiters(header)}, the rows by ${delimiters(rows)}: both were read so.`,
  columnsByHand: () => 'The file has no header: its columns were read by hand.',
  columnsInOrder: () => 'The file has no header: its columns were read in the order agreed in Settings.',
  longNames: ({ n, limit }: { n: number; limit: number }) =>
    `In the header ${n === 1 ? 'one name is' : `${n} names are`} longer than ${limit} characters and shortened.`,
  firstColumnCounts: ({ problem }: { problem: string }) => `In the header ${problem}: the first one counts.`,
  firstFilledCounts: ({ problem }: { problem: string }) =>
    `In the header ${problem}: in each row the first one with a date counts.`,
  readAsStart: ({ name }: { name: string }) => `The column ${quoted(name)} is read as the StartDate.`,
  startOfParts: ({ names }: { names: readonly string[] }) =>
    `No column has the whole first day: StartDate is made of ${names.map(quoted).join(', ')}.`,
  nameOfParts: ({ names }: { names: readonly string[] }) =>
    `No column has the whole name: CN is made of ${names.map(quoted).join(', ')}.`,
  encodingGuess: ({ read, others }: { read: string; others: readonly string[] }) =>
    `The file does not say its encoding: it was read as ${read}, and may be ${others.join(' or ')}.`,
  otherSheets: ({
    sheet,
    n,
    others,
    hidden,
  }: {
    sheet: string;
    n: number;
    others: readonly string[];
    hidden: number;
  }) => {
    const hiding = hidden === 0 ? '' : `, ${hidden === n ? 'hidden' : `${hidden} of them hidden`},`;
    return `The sheet ${quoted(sheet)} was read. The other sheet${n === 1 ? '' : 's'}${hiding} ${n === 1 ? 'was' : 'were'} not: ${others.map(quoted).join(', ')}${andMore(n - others.length)}.`;
  },
  uncalculated: ({ cell }: { cell: string }) =>
    `Cell ${cell} holds a formula whose result is not in the file, so it was read as empty. Open the workbook in Excel and save it, and the result is there.`,
  struckText: ({ whole, read }: { whole: string; read: string }) =>
    `Where part of a text is struck through, that part was left out: ${quoted(whole)} was read as ${quoted(read)}.`,
  hiddenRows: () =>
    'Rows of the sheet are hidden, by a filter or by hand. They were read like the others: a row that is not to count has to be deleted.',
  mergedCells: () => 'Cells that are merged over several rows were read as if their value stood in each of these rows.',
};

/** What a review of an upload says beside that. */
const REVIEW_SENTENCES = {
  firstLineSays: ({
    line,
    column,
    before,
    after,
    newestWins,
  }: {
    line: number;
    column: string;
    before: string | null;
    after: string | null;
    newestWins: boolean;
  }) =>
    `Line ${line} says ${column} ${before}, this row says ${after}: ${newestWins ? 'the newest row counts.' : 'someone without a licence is held until one of the two is chosen.'}`,
  domainMeant: ({ domain, meant }: { domain: string; meant: string }) =>
    `No account at ${domain} is known. Did you mean ${meant}?`,
  domainUnknown: ({ domain }: { domain: string }) => `No account at ${domain} has been found in Microsoft 365 yet.`,
  typeUnmapped: ({ type }: { type: string }) =>
    `EmployeeType ${type} is not mapped: the row is imported, but waits for a mapping.`,
};

export const FILES = { ...ROW_SENTENCES, ...FILE_SENTENCES, ...READING_SENTENCES, ...REVIEW_SENTENCES };
