/** What is wrong with rows and files, and how a file was read, in German: the same keys and values as `lib/domain/sentences/file-sentences.ts`, or it does not compile. */
import type { FILES, OtherFormat } from '#lib/domain/sentences/file-sentences.ts';

/** As text in quotation marks, with what nobody would see as its number. */
const quoted = (text: string) => `„${JSON.stringify(text).slice(1, -1)}“`;
const said = (text: string | null) => (text === null ? 'nichts' : quoted(text));
const number = (n: number) => n.toLocaleString('de');
const andMore = (n: number) => (n > 0 ? ` und ${n} weitere` : '');
const headerMissing = 'Es gibt keine Kopfzeile mit UserPrincipalName, CN und EmployeeType.';
const saveAsUtf8 =
  'Speichern Sie die Datei als „CSV UTF-8“, und laden Sie sie noch einmal hoch, oder legen Sie sie noch einmal ab.';
const saveAsWorkbook =
  'Speichern Sie sie als „Excel-Arbeitsmappe (.xlsx)“ oder „CSV UTF-8“, und laden Sie die neue Datei hoch, oder legen Sie sie ab.';
const delimiters = (one: string) =>
  ({ ',': 'Kommas', ';': 'Semikolons', '\t': 'Tabulatoren', '|': 'senkrechte Striche' })[one] ?? quoted(one);
const saveAnew =
  'Öffnen Sie sie in Excel, speichern Sie sie, und laden Sie sie noch einmal hoch, oder legen Sie sie noch einmal ab.';
const tooLong = (what: string, length: number, limit: number) =>
  `${what} ist zu lang: ${length} Zeichen, höchstens ${limit}`;

const OTHER_FORMATS: Record<OtherFormat, string> = {
  json: 'JSON',
  web_page: 'eine Webseite (HTML)',
  xml: 'XML',
  ldif: 'LDIF',
  sql: 'eine Folge von SQL-Anweisungen',
  pdf: 'ein PDF',
  rtf: 'ein Textdokument (RTF)',
  encrypted: 'verschlüsselt oder signiert',
  vcard: 'eine vCard',
  sylk: 'eine Tabelle im SYLK-Format',
  yaml: 'YAML',
  fixed_width: 'ein Text mit Spalten fester Breite',
  screen_output: 'die Bildschirmausgabe von PowerShell',
};

export const FILES_DE: typeof FILES = {
  together: ({ problems }) => `${problems.join('; ')}.`,

  tooLong: ({ what, length, limit }) => tooLong(what, length, limit),
  isEmpty: ({ what }) => `${what} ist leer`,
  controlCharacter: ({ what, character, position }) =>
    `${what} enthält an Stelle ${position} das Steuerzeichen ${character}`,
  invisibleCharacter: ({ what, character, position }) =>
    `${what} enthält an Stelle ${position} das unsichtbare Zeichen ${character}`,
  mixedLetters: ({ what, scripts }) =>
    `${what} mischt in einem Wort Buchstaben mehrerer Schriften (${scripts.map((script) => SCRIPTS[script] ?? script).join(', ')})`,
  unreadLetter: ({ what }) =>
    `${what} enthält U+FFFD: So ist ein Buchstabe gekennzeichnet, den ein Programm nicht lesen konnte`,
  lostLetter: ({ what }) =>
    `${what} hat ein Fragezeichen in einem Wort: So schreiben Programme einen Buchstaben, den sie nicht speichern können`,
  formulaText: ({ what }) => `${what} ist eine Formel, nicht ihr Ergebnis`,
  garbled: ({ what, otherwise }) =>
    `${what} heißt wahrscheinlich ${quoted(otherwise)} und wurde von einem Programm verstümmelt, bevor die Datei hier einging`,
  encodingDoubt: ({ what, value, read, readings }) =>
    `${what} wurde in ${read} als ${quoted(value)} gelesen, hieße aber ${readings.join(' und ')}: Die Datei nennt ihre Zeichencodierung nicht`,
  valueIn: ({ value, codePage }) => `in ${codePage} ${quoted(value)}`,

  headerAgain: ({ what }) =>
    `${what} enthält den Namen einer Spalte: Diese Zeile ist eine Kopfzeile und nennt niemanden`,
  commentedRow: ({ what, mark }) =>
    `${what} beginnt mit ${mark}: Vielleicht wurde diese Zeile absichtlich herausgenommen`,
  struckRow: () => 'Die Zeile ist durchgestrichen: Vielleicht wurde sie absichtlich herausgenommen',
  leaverRow: ({ what, text }) =>
    `${what} enthält ${quoted(text)}: Diese Zeile nennt vielleicht jemanden, der ausscheidet und keine Lizenz bekommt`,
  unwantedRow: ({ what, text }) =>
    `${what} enthält ${quoted(text)}: Diese Zeile nennt vielleicht jemanden, der kein Postfach bekommen soll`,
  fileOfLeavers: ({ name }) =>
    `Der Name ${quoted(name)} sagt, dass diese Datei Personen nennt, die ausscheiden und keine Lizenz bekommen. Trifft das nicht zu, geben Sie ihr einen anderen Namen und legen Sie sie noch einmal ab, oder laden Sie sie hoch.`,
  belowLeavers: ({ title }) =>
    `Die Zeile steht unter ${quoted(title)}: Sie nennt vielleicht jemanden, der ausscheidet und keine Lizenz bekommt`,
  nameCorrectedBefore: ({ what, by, known }) =>
    `${by} hat diesen ${what} schon einmal in ${known} korrigiert: So, wie sie ist, ergibt die Zeile eine weitere Person`,
  leaverWaits: ({ name }) =>
    `${name} wartet trotzdem unter „Personen“ und bekommt vielleicht eine Lizenz: Schließen Sie den Fall dort, wenn die Person ausscheidet`,
  closedMeanwhile: ({ by, why }) => `${by} hat diese Zeile inzwischen geschlossen: ${why}`,
  correctedMeanwhile: ({ by }) => `${by} hat diese Zeile inzwischen korrigiert`,
  cameAgain: ({ line, file }) => `Sie kam als Zeile ${line} von ${file} wieder und wurde auch dort nicht übernommen.`,
  cameBefore: ({ line, file }) =>
    `Sie kam schon Wort für Wort als Zeile ${line} von ${file}; dort wird über sie entschieden.`,
  fileCameBefore: ({ file }) => `Sie kam schon Byte für Byte als ${file}; dort wird über sie entschieden.`,
  fileReadAgain: () => 'Die Datei wurde noch geschrieben, als sie abgelehnt wurde, und wird noch einmal gelesen.',
  cameBeforeAll: ({ n }) =>
    n === 1
      ? 'Sie kam schon Wort für Wort; entschieden wird dort, wo sie zuerst kam.'
      : 'Sie kamen schon Wort für Wort; entschieden wird dort, wo sie zuerst kamen.',
  cameBeforeAlike: ({ line, file }) =>
    `Sie kam schon, in allem Wesentlichen gleich, als Zeile ${line} von ${file}; dort wird über sie entschieden.`,
  cameBeforeAlikeAll: ({ n }) =>
    n === 1
      ? 'Sie kam schon, in allem Wesentlichen gleich; entschieden wird dort, wo sie zuerst kam.'
      : 'Sie kamen schon, in allem Wesentlichen gleich; entschieden wird dort, wo sie zuerst kamen.',
  exampleRow: ({ what }) => `${what} ist als Beispiel gekennzeichnet: Diese Zeile nennt niemanden`,
  noAt: ({ what }) => `${what} hat kein @`,
  mustNotContain: ({ what, characters, more }) =>
    `${what} enthält ${characters.length + more === 1 ? 'ein unzulässiges Zeichen' : 'unzulässige Zeichen'}: ${characters.join(', ')}${andMore(more)}`,
  characterAt: ({ character, position }) => `${character} an Stelle ${position}`,
  blank: () => 'ein Leerzeichen',
  secondAt: () => 'ein zweites „@“',
  nothingBeforeAt: ({ what }) => `${what} hat nichts vor dem @`,
  longBeforeAt: ({ what, length, limit }) => `${what} hat ${length} Zeichen vor dem @, höchstens ${limit} sind erlaubt`,
  dotAtEdge: ({ what }) => `${what} darf weder am Anfang noch direkt vor dem @ einen Punkt haben`,
  nothingAfterAt: ({ what }) => `${what} hat nichts nach dem @`,
  domainWithoutDot: ({ what, domain }) => `${what} hat die Domäne ${quoted(domain)}, die keinen Punkt enthält`,
  domainEmptyPart: ({ what }) =>
    `${what} hat eine Domäne mit einem leeren Teil (zwei Punkte hintereinander, oder einer am Anfang oder Ende)`,
  domainHyphen: ({ what }) => `${what} hat eine Domäne, in der ein Teil mit einem Bindestrich beginnt oder endet`,
  domainLongPart: ({ what, limit }) => `${what} hat eine Domäne mit einem Teil von mehr als ${limit} Zeichen`,
  domainLooksLike: ({ what, domain, known }) =>
    `${what} hat die Domäne ${domain}, in der kein Konto bekannt ist; sie sieht aus wie ${known}, wo es Konten gibt`,

  asAbove: ({ what, text }) =>
    `${what} ${quoted(text)} sagt nur, dass dasselbe gilt wie in der Zeile darüber: Schreiben Sie den Wert selbst`,
  notACountry: ({ what, text }) =>
    `${what} ${quoted(text)} ist weder Ländercode noch Name eines Landes: Schreiben Sie die zwei Buchstaben nach ISO 3166-1, zum Beispiel DE`,
  notADate: ({ what, text }) => `${what} ${quoted(text)} ist kein Datum: Schreiben Sie es wie 2026-03-04`,
  severalDates: ({ what, text, dates }) =>
    `${what} ${quoted(text)} lässt sich als ${dates.length === 2 ? 'zwei' : 'drei'} verschiedene Daten lesen: Schreiben Sie ${[dates.slice(0, -1).join(', '), dates.at(-1)].join(' oder ')}`,
  noSuchDay: ({ what, text }) => `${what} ${quoted(text)} gibt es im Kalender nicht: Prüfen Sie Tag und Monat`,
  oddYear: ({ what, text, year }) => `${what} ${quoted(text)} liegt im Jahr ${year}: Prüfen Sie das Jahr`,

  fewFields: ({ fields, width }) => `Die Zeile hat zu wenige Felder: ${fields}, die Kopfzeile hat ${width}`,
  manyFields: ({ fields, width }) => `Die Zeile hat zu viele Felder: ${fields}, die Kopfzeile hat ${width}`,
  perhapsCut: ({ fields, width }) =>
    `Die Datei endet in dieser Zeile, die weniger Felder hat als alle anderen (${fields}, die Kopfzeile hat ${width}): Vielleicht ist sie abgeschnitten`,
  swallowedRow: ({ what, upn }) =>
    `${what} geht über mehrere Zeilen und enthält ${upn}, als hätte ein Anführungszeichen eine Zeile verschluckt: Prüfen Sie die Anführungszeichen`,
  belowOtherHeader: ({ line }) =>
    `Die Zeile steht unter einer anderen Kopfzeile (Zeile ${line}): Deren Spalten sind nicht die, nach denen die Datei gelesen wird`,
  cannotBeRead: () => 'Die Zeile lässt sich nicht lesen',
  correctedCannotBeRead: () => 'Die korrigierte Zeile lässt sich nicht lesen: Prüfen Sie ihre Anführungszeichen',
  rowTooLong: ({ length, limit }) => tooLong('Die Zeile', length, limit),
  afterQuote: ({ position, found }) =>
    `Zeichen ${position} der Zeile, ${quoted(found)}, folgt auf ein schließendes Anführungszeichen: Gehört das Anführungszeichen zum Wert, schreiben Sie es doppelt ("")`,
  farColumn: ({ column, limit }) =>
    `Die Zeile hat einen Wert in Spalte ${column}: Höchstens ${number(limit)} Spalten werden gelesen`,
  longCell: ({ cell, limit }) => `Zelle ${cell} ist länger als ${number(limit)} Zeichen`,
  onlyFormulas: ({ cell }) =>
    `Die Zeile enthält nur Formeln, deren Ergebnisse nicht in der Datei stehen (zuerst in Zelle ${cell}): Öffnen Sie die Arbeitsmappe in Excel, speichern Sie sie, und laden Sie sie noch einmal hoch, oder legen Sie sie noch einmal ab`,

  earlierRowDiffers: ({ what, after, before, counts }) =>
    `${what} lautet hier ${said(after)}, in einer früheren Zeile dieser Datei aber ${said(before)}${counts ? '; es gilt die frühere Zeile' : ': Jemand muss sich entscheiden'}`,
  earlierRowReplaced: ({ what, after, before }) =>
    `${what} lautet hier ${said(after)}, und das gilt; in einer früheren Zeile dieser Datei steht ${said(before)}`,
  perhapsTurned: ({ what, date, other }) =>
    `${what} ${date} ist vielleicht als ${other} gemeint: In dieser Spalte stehen nur Tage nach dem 12. noch als Tag/Monat/Jahr, wie es eine Tabellenkalkulation hinterlässt, die die anderen als Monat/Tag/Jahr liest`,
  firstDayOfPart: ({ what, text, date }) =>
    `${what} ${quoted(text)} ist kein Tag: Es gilt der erste davon, ${date}, gezählt ab Januar`,
  perhapsStart: ({ what, text }) =>
    `${what} nennt einen künftigen Tag, ${quoted(text)}, doch was die Spalte bedeutet, ist nicht bekannt: Ist es der Eintritt, tragen Sie die Spalte in den Einstellungen ein`,
  laterStart: ({ what, text, startDate }) =>
    `${what} nennt einen späteren Tag, ${quoted(text)}, doch in StartDate steht ${startDate}, und das gilt`,
  earlierValueStays: ({ what, known }) => `${what} ist hier leer; es bleibt bei dem, was schon bekannt war: ${known}`,
  nameCorrected: ({ what, by, known }) =>
    `${by} hat diesen ${what} in ${known} korrigiert; die Zeile zählt für diese Person`,

  emptyFile: () => `Die Datei ist leer. ${headerMissing}`,
  unreadableHeader: () => 'Die Kopfzeile lässt sich nicht lesen.',
  notATable: ({ format }) =>
    `Das ist ${OTHER_FORMATS[format]}, keine Tabelle. Exportieren Sie die Personen als CSV oder als Arbeitsmappe (.xlsx), und laden Sie diese Datei hoch, oder legen Sie sie ab.`,
  oneCellALine: () =>
    'Jede Zeile dieser Datei ist eine einzige Zelle in Anführungszeichen: Ein Programm hat beim Speichern jede Zeile für einen Wert gehalten. Exportieren Sie sie noch einmal, und öffnen Sie sie vor dem Hochladen oder Ablegen nicht.',
  wrongSeparator: ({ separator }) =>
    `Die Zeile „sep=“ nennt ${quoted(separator)}; erlaubt sind Komma, Semikolon, Tabulator und senkrechter Strich.`,
  headerLine: ({ problem }) => `In der Kopfzeile: ${problem}.`,
  lineTooLong: ({ length, limit }) => tooLong('Die Zeile', length, limit),
  tooManyColumns: ({ columns, limit }) => `Diese Zeile hat ${columns} Spalten, höchstens ${limit} werden gelesen.`,
  wrongHeader: ({ problems }) => `In der Kopfzeile: ${problems.join('; ')}.`,
  columnsMissing: ({ columns, found }) =>
    `${columns.length > 1 ? 'die Spalten' : 'die Spalte'} ${columns.join(', ')} ${columns.length > 1 ? 'fehlen' : 'fehlt'} (gefunden: ${found.map(quoted).join(', ')})`,
  chosenTwice: ({ name, owner, column }) => `${quoted(name)} ist sowohl als ${owner} als auch als ${column} gewählt`,
  severalColumns: ({ column, times, found }) =>
    `die Spalte ${column} kommt ${times}-mal vor (${found.map(quoted).join(', ')})`,
  noHeaderLine: () => 'die Datei hat keine Kopfzeile: Ihre erste Zeile nennt schon jemanden',
  noHeader: ({ line, columns }) =>
    `Die Datei hat keine Kopfzeile: Ihre erste Zeile, ${quoted(line)}, nennt schon jemanden. Deshalb fehlen die Spalten ${columns.join(', ')}. Schreiben Sie eine Zeile darüber, die die Spalten nennt, oder legen Sie in den Einstellungen ihre Reihenfolge fest.`,
  tooMuchToRead: () => 'Die Datei ist zu lang, um auf einmal gelesen zu werden: Teilen Sie sie vor dieser Zeile.',
  cannotBeSeparated: ({ line }) =>
    `Die Zeilen ab Zeile ${line} lassen sich nicht zuverlässig trennen. Speichern Sie die Datei noch einmal als CSV.`,
  unclosedQuote: () =>
    'Hier beginnt ein Anführungszeichen, das nirgends schließt. Deshalb ist nicht klar, wo diese Zeile endet. Schließen Sie es, oder schreiben Sie es doppelt (""), wenn es zum Wert gehört.',
  quotesDoNotMatch: ({ found, from, to }) =>
    `${quoted(found)} folgt auf ein schließendes Anführungszeichen, in einer Zeile, die von Zeile ${from} bis ${to} reicht: Die Anführungszeichen passen nicht zusammen, vielleicht sind Zeilen zusammengelaufen. Korrigieren Sie die Anführungszeichen.`,
  endlessRow: () => 'Diese Zeile ist länger als eine Million Zeichen: Sie nennt keine Personen.',

  nulCharacter: () =>
    'Diese Zeile enthält ein NUL-Zeichen: Die Datei ist kein Text oder wurde nur zum Teil geschrieben.',
  nulFromLine: ({ line }) =>
    `Der Text bricht in Zeile ${line} ab, danach folgen nur noch NUL-Zeichen: Die Datei wurde nur zum Teil geschrieben. Exportieren Sie sie noch einmal, damit niemand fehlt.`,
  utf32: () => `Die Datei ist in UTF-32 gespeichert; das wird nicht gelesen. ${saveAsUtf8}`,
  oldOfficeFile: () =>
    'Das ist eine Arbeitsmappe aus Excel 97 bis 2003 (.xls) oder eine andere alte Office-Datei. Öffnen Sie sie, speichern Sie sie als „Excel-Arbeitsmappe (.xlsx)“ oder „CSV UTF-8“, und laden Sie diese Datei hoch, oder legen Sie sie ab.',
  utf16FromLine: ({ line }) =>
    `Die Datei mischt Zeichencodierungen: Ab Zeile ${line} ist sie UTF-16, davor nicht. ${saveAsUtf8}`,
  markedAsUtf8: () => `Die Datei ist als UTF-8 gekennzeichnet, diese Zeile ist aber nicht in UTF-8. ${saveAsUtf8}`,
  mixedEncodings: ({ utf8, other }) =>
    `Die Datei mischt Zeichencodierungen: Zeile ${utf8} ist UTF-8, Zeile ${other} nicht. ${saveAsUtf8}`,
  mixedInLine: () =>
    `Die Datei mischt Zeichencodierungen: Einige Wörter dieser Zeile sind UTF-8, andere nicht. ${saveAsUtf8}`,
  unknownEncoding: () =>
    `Diese Zeile ist weder in UTF-8 noch in UTF-16 noch in einer gebräuchlichen Codepage. ${saveAsUtf8}`,
  notAllUtf16: ({ line }) =>
    `Die Datei mischt Zeichencodierungen: Sie ist UTF-16, Zeile ${line} aber nicht. ${saveAsUtf8}`,
  halfCharacter: () => `Diese Zeile ist kein gültiges UTF-16 (ein halbes Zeichen). ${saveAsUtf8}`,
  cutCharacter: () => 'Die Datei endet mitten in einem Zeichen: Sie wurde nur zum Teil geschrieben.',

  malware: ({ signature }) =>
    `Der Malwarescanner hat in dieser Datei ${signature} gefunden, deshalb wurde sie nicht gelesen. Klären Sie, woher sie kommt, bevor jemand sie öffnet.`,
  tooLongToScan: () =>
    'Die Datei ist länger, als der Malwarescanner annimmt, deshalb wurde sie nicht gelesen. Teilen Sie sie, oder erhöhen Sie StreamMaxLength in clamd.conf.',

  protectedWorkbook: () =>
    'Die Arbeitsmappe ist mit einem Kennwort geschützt. Speichern Sie sie ohne Kennwort und laden Sie sie noch einmal hoch, oder legen Sie sie neu ab.',
  damagedWorkbook: () => `Die Arbeitsmappe ist beschädigt oder wurde nur zum Teil geschrieben. ${saveAnew}`,
  partTooLarge: ({ part }) =>
    `${quoted(part)} in dieser Arbeitsmappe ist entpackt viel größer, als eine Liste von Personen sein muss, und wird deshalb nicht gelesen. Kopieren Sie die Zeilen in eine neue Arbeitsmappe.`,
  tooManyParts: ({ limit }) => `Dieses Archiv hat mehr als ${number(limit)} Teile: Es ist keine Liste von Personen.`,
  tooMuchText: () =>
    'Die Arbeitsmappe enthält mehr Text, als eine Liste von Personen braucht. Teilen Sie sie, oder speichern Sie sie als CSV.',
  declaresType: () =>
    'Die Arbeitsmappe enthält eine Dokumenttyp-Deklaration (DOCTYPE), die in keine Tabelle gehört, und wird deshalb nicht gelesen.',
  binaryWorkbook: () => `Das ist eine binäre Arbeitsmappe (.xlsb). ${saveAsWorkbook}`,
  otherOfficeFile: () =>
    'Das ist ein Dokument eines anderen Office-Programms, zum Beispiel aus Word, keine Excel-Arbeitsmappe. Kopieren Sie die Tabelle nach Excel, speichern Sie sie dort als „Excel-Arbeitsmappe (.xlsx)“ oder „CSV UTF-8“, und laden Sie diese Datei hoch, oder legen Sie sie ab.',
  openDocument: () => `Das ist eine OpenDocument-Datei (.ods). ${saveAsWorkbook}`,
  numbersFile: () => `Das ist eine Tabelle von Numbers. ${saveAsWorkbook}`,
  compressedFile: () =>
    'Das ist eine komprimierte Datei. Entpacken Sie sie, und laden Sie hoch, was darin ist, oder legen Sie es ab.',
  zipArchive: () =>
    'Das ist ein ZIP-Archiv. Entpacken Sie es, und laden Sie die Dateien darin einzeln hoch, oder legen Sie sie einzeln ab.',
  tooManyRows: ({ limit }) => `Das Blatt hat mehr als ${number(limit)} Zeilen.`,
  severalSheets: ({ n, sheets, more }) =>
    `${n} Blätter dieser Arbeitsmappe nennen Personen: ${sheets.map(quoted).join(', ')}${andMore(more)}. Speichern Sie jedes als eigene Datei, damit niemand fehlt.`,
  hiddenSheet: ({ sheet, columns }) =>
    `Nur das ausgeblendete Blatt ${quoted(sheet)} nennt die Spalten ${columns.join(', ')}. Blenden Sie es ein, oder kopieren Sie es in eine eigene Arbeitsmappe.`,
  emptyWorkbook: () => `Die Arbeitsmappe ist leer. ${headerMissing}`,

  wholeFileRefused: () => 'Die ganze Datei wurde abgelehnt.',
  wholeFileRefusedAt: ({ line, problem }) => `Die ganze Datei wurde abgelehnt. Zeile ${line}: ${problem}`,

  passedOver: ({ n, lines }) =>
    `${n === 1 ? 'Eine Zeile' : `${n} Zeilen`} über der Kopfzeile ${n === 1 ? 'wurde' : 'wurden'} übersprungen: ${lines.map(quoted).join(', ')}${andMore(n - lines.length)}.`,
  titlesPassedOver: ({ n, lines }) =>
    `${n === 1 ? 'Eine Zeile' : `${n} Zeilen`} über der ersten Person ${n === 1 ? 'wurde' : 'wurden'} übersprungen: ${lines.map(quoted).join(', ')}${andMore(n - lines.length)}.`,
  underlineSkipped: () =>
    'Die Zeile unter der Kopfzeile wurde übersprungen: Sie unterstreicht nur die Namen der Spalten.',
  nulPadding: () =>
    'Die Datei ist mit NUL-Zeichen aufgefüllt, die übersprungen wurden. Prüfen Sie, ob am Ende niemand fehlt.',
  otherDelimiter: ({ header, rows }) =>
    `In der Kopfzeile trennen ${delimiters(header)} die Felder, in den Zeilen darunter ${delimiters(rows)}: Beides wurde so gelesen.`,
  columnsByHand: () => 'Die Datei hat keine Kopfzeile: Ihre Spalten wurden von Hand zugeordnet.',
  columnsInOrder: () =>
    'Die Datei hat keine Kopfzeile: Ihre Spalten wurden in der Reihenfolge gelesen, die in den Einstellungen festgelegt ist.',
  longNames: ({ n, limit }) =>
    `In der Kopfzeile ${n === 1 ? 'ist ein Name' : `sind ${n} Namen`} länger als ${limit} Zeichen und wurde${n === 1 ? '' : 'n'} gekürzt.`,
  firstColumnCounts: ({ problem }) => `In der Kopfzeile: ${problem}. Die erste gilt.`,
  firstFilledCounts: ({ problem }) => `In der Kopfzeile: ${problem}. In jeder Zeile gilt die erste mit einem Datum.`,
  readAsStart: ({ name }) => `Die Spalte ${quoted(name)} wird als StartDate gelesen.`,
  startOfParts: ({ names }) =>
    `Keine Spalte hat den ganzen ersten Tag: StartDate wird gebildet aus ${names.map(quoted).join(', ')}.`,
  nameOfParts: ({ names }) =>
    `Keine Spalte hat den ganzen Namen: CN wird gebildet aus ${names.map(quoted).join(', ')}.`,
  encodingGuess: ({ read, others }) =>
    `Die Datei nennt ihre Zeichencodierung nicht: Sie wurde als ${read} gelesen und ist vielleicht ${others.join(' oder ')}.`,
  otherSheets: ({ sheet, n, others, hidden }) => {
    const hiding = hidden === 0 ? '' : hidden === n ? ' (ausgeblendet)' : ` (davon ausgeblendet: ${hidden})`;
    return `Das Blatt ${quoted(sheet)} wurde gelesen. ${n === 1 ? 'Das andere Blatt' : 'Die anderen Blätter'}${hiding} nicht: ${others.map(quoted).join(', ')}${andMore(n - others.length)}.`;
  },
  uncalculated: ({ cell }) =>
    `Zelle ${cell} enthält eine Formel, deren Ergebnis nicht in der Datei steht, und wurde deshalb als leer gelesen. Öffnen Sie die Arbeitsmappe in Excel und speichern Sie sie: Dann steht das Ergebnis darin.`,
  struckText: ({ whole, read }) =>
    `Wo ein Teil eines Textes durchgestrichen ist, wurde dieser Teil weggelassen: ${quoted(whole)} wurde als ${quoted(read)} gelesen.`,
  hiddenRows: () =>
    'Zeilen des Blatts sind ausgeblendet, durch einen Filter oder von Hand. Sie wurden gelesen wie die anderen: Eine Zeile, die nicht zählen soll, muss gelöscht werden.',
  mergedCells: () =>
    'Zellen, die über mehrere Zeilen verbunden sind, wurden gelesen, als stünde ihr Wert in jeder dieser Zeilen.',

  firstLineSays: ({ line, column, before, after, newestWins }) =>
    `In Zeile ${line} ist ${column} ${said(before)}, in dieser Zeile ${said(after)}: ${newestWins ? 'Es gilt die neueste Zeile.' : 'Wer noch keine Lizenz hat, wird angehalten, bis jemand eine der beiden wählt.'}`,
  domainMeant: ({ domain, meant }) => `In ${domain} ist kein Konto bekannt. Meinten Sie ${meant}?`,
  domainUnknown: ({ domain }) => `In ${domain} wurde in Microsoft 365 noch kein Konto gefunden.`,
  typeUnmapped: ({ type }) =>
    `EmployeeType ${type} ist nicht zugeordnet: Die Zeile wird importiert, wartet aber auf eine Zuordnung.`,
};

const SCRIPTS: Record<string, string> = { Latin: 'lateinisch', Cyrillic: 'kyrillisch', Greek: 'griechisch' };
