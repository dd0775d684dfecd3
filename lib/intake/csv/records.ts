/**
 * From text to records: finds the end of each record, quoted line breaks included, so that no quote can silently swallow the
 * people after it.
 */
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import type { FileProblem } from './problem.ts';

export const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Stand in times, addresses and names as well: only the names of all required columns show that they separate. */
export const RARE_DELIMITERS = ['^', '~', ':', '§', '¦', '¬', '\u001f', '；', '，'] as const;
const ALL_DELIMITERS = [...DELIMITERS, ...RARE_DELIMITERS];
export type Delimiter = (typeof ALL_DELIMITERS)[number];

/** The delimiter that a file names or is kept with; null where it is none. */
export function delimiterOf(text: string | null | undefined): Delimiter | null {
  return ALL_DELIMITERS.find((delimiter) => delimiter === text) ?? null;
}

/** A longer record is a quote that was never closed, not a person. */
export const RECORD_LIMIT = 1024 * 1024;

/** A misplaced quote, relative to the start of the record: `breaks` line breaks further down, character `column`. */
interface QuoteFault {
  kind: 'unclosed' | 'after_quote';
  breaks: number;
  column: number;
  /** The character found where the field should have ended. */
  found: string;
}

interface Scanned {
  /** Where the record's text ends, and where the next record starts. */
  end: number;
  next: number;
  /** Line breaks inside quotes. */
  breaks: number;
  fault: QuoteFault | null;
}

export type RawRecord =
  /** `problem` marks a one-line record with wrong quotes: it is not parsed. */
  | {
      kind: 'record';
      line: number;
      text: string;
      problem: Sentence | null;
      /** The text ends within it: no line break follows. */
      isOpen?: true;
    }
  /** The structure of the file cannot be trusted from here on. */
  | { kind: 'fault'; problem: FileProblem };

export type PlainRecord = Extract<RawRecord, { kind: 'record' }>;

/** The records of a table one by one, from a text or from a sheet. */
export interface Records {
  /** The one delimiter there can be; null: it is to be found. */
  readonly delimiter: Delimiter | null;
  /** Whether bare numbers count the days from 1904. */
  readonly isFrom1904: boolean;
  /** What was decided before the first record. */
  readonly notes: readonly Sentence[];
  /** What the table is called: the name of its sheet. */
  readonly title?: string;
  /** What `look` reads is read again afterwards. */
  ahead<T>(look: () => T): T;
  /** The next record as it would be with this delimiter, without moving on; null at the end. */
  peek(delimiter: Delimiter): RawRecord | null;
  /** The next record; null at the end. Nothing follows a fault. */
  next(delimiter: Delimiter): RawRecord | null;
}

const LF = 10;
const CR = 13;
const QUOTE = 34;
/** What programs and people put beside a quoted cell: a blank, a tab, and wider or narrower blanks; a byte-order mark where files were joined. */
const BLANKS: ReadonlySet<number> = new Set([9, 32, 0xa0, 0x2007, 0x2009, 0x202f, 0x3000, 0xfeff]);
/** Where CP/M and DOS end a text. */
export const END_OF_FILE = '\u001a';

type Place = 'field_start' | 'unquoted' | 'quoted' | 'after_quote';

/** How far a record has been scanned whose end has not been read yet; places count from its start. */
interface Scan {
  end: null;
  length: number;
  place: Place;
  breaks: number;
  lineStart: number;
  /** Where the last quote was opened. */
  openBreaks: number;
  openColumn: number;
  fault: QuoteFault | null;
}

const AT_START: Scan = {
  end: null,
  length: 0,
  place: 'field_start',
  breaks: 0,
  lineStart: 0,
  openBreaks: 0,
  openColumn: 0,
  fault: null,
};

/**
 * Finds the end of the record that starts at `start`, and goes on where `scan` has stopped; where the text so far is not enough, it
 * returns how far it has come. A quote opens a field only at its start, blanks before it aside.
 */
function scanRecord(text: string, start: number, delimiter: Delimiter, scan: Scan, atEnd: boolean): Scanned | Scan {
  const delimiterCode = delimiter.charCodeAt(0);
  let { place, breaks, openBreaks, openColumn, fault } = scan;
  let lineStart = start + scan.lineStart;
  let at = start + scan.length;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // Whether a line feed follows is not known yet.
    if (code === CR && at + 1 === text.length && !atEnd) break;
    if (place === 'quoted') {
      if (code === QUOTE) place = 'after_quote';
      else if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) {
        breaks++;
        lineStart = at + 1;
      }
      continue;
    }
    if (code === delimiterCode) place = 'field_start';
    else if (code === LF) return { end: at, next: at + 1, breaks, fault };
    else if (code === CR) return { end: at, next: text.charCodeAt(at + 1) === LF ? at + 2 : at + 1, breaks, fault };
    else if (place === 'unquoted' || (place === 'field_start' && BLANKS.has(code))) continue;
    else if (code === QUOTE && (place === 'field_start' || text.charCodeAt(at - 1) === QUOTE)) {
      // Right after a closing quote, this is the second half of an escaped quote: still inside.
      if (place === 'field_start') {
        openBreaks = breaks;
        openColumn = at - lineStart + 1;
      }
      place = 'quoted';
    } else if (place === 'field_start') place = 'unquoted';
    else if (!BLANKS.has(code)) {
      fault ??= { kind: 'after_quote', breaks, column: at - lineStart + 1, found: text.charAt(at) };
      place = 'unquoted';
    }
  }
  if (!atEnd)
    return {
      end: null,
      length: at - start,
      place,
      breaks,
      lineStart: lineStart - start,
      openBreaks,
      openColumn,
      fault,
    };
  if (place === 'quoted') fault = { kind: 'unclosed', breaks: openBreaks, column: openColumn, found: '' };
  return { end: text.length, next: text.length, breaks, fault };
}

const BLANK_BEFORE_QUOTE = /[ \u00a0\u2007\u2009\u202f\u3000\ufeff]"/;

/** Whether a blank stands before a quote: hardly any record has one. A tab that separates does not count. */
export function mayLeadWithBlanks(text: string, delimiter: Delimiter): boolean {
  return BLANK_BEFORE_QUOTE.test(text) || (delimiter !== '\t' && text.includes('\t"'));
}

/** The record, whose quotes must be right, without the blanks before an opening quote, which other parsers take for text. */
export function withoutLeadingBlanks(text: string, delimiter: Delimiter): string {
  let result = '';
  let copied = 0;
  let fieldStart = 0;
  let place: 'field_start' | 'unquoted' | 'quoted' | 'after_quote' = 'field_start';
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (place === 'quoted') place = character === '"' ? 'after_quote' : 'quoted';
    else if (character === delimiter) {
      place = 'field_start';
      fieldStart = at + 1;
    } else if (character === '"' && place === 'field_start') {
      result += text.slice(copied, fieldStart);
      copied = at;
      place = 'quoted';
    } else if (character === '"' && place === 'after_quote') place = 'quoted';
    else if (!BLANKS.has(text.charCodeAt(at))) place = 'unquoted';
  }
  return result + text.slice(copied);
}

/** Yields the records of a text that arrives in pieces. Holds one piece and at most one unfinished record. */
export class RecordReader implements Records {
  readonly delimiter = null;
  readonly isFrom1904 = false;
  readonly notes: readonly Sentence[] = [];
  readonly #pieces: Iterator<string>;
  #text = '';
  #at = 0;
  #line = 1;
  #ended = false;
  /** Where `ahead` began: the text from there on is kept. */
  #mark: number | null = null;

  constructor(pieces: Iterable<string>) {
    this.#pieces = pieces[Symbol.iterator]();
  }

  ahead<T>(look: () => T): T {
    const line = this.#line;
    this.#mark = this.#at;
    try {
      return look();
    } finally {
      this.#at = this.#mark;
      this.#line = line;
      this.#mark = null;
    }
  }

  peek(delimiter: Delimiter): RawRecord | null {
    const scanned = this.#scan(delimiter);
    return scanned && this.#record(scanned);
  }

  next(delimiter: Delimiter): RawRecord | null {
    const scanned = this.#scan(delimiter);
    if (!scanned) return null;
    const record = this.#record(scanned);
    this.#at = scanned.next;
    this.#line += scanned.breaks + 1;
    return record;
  }

  #scan(delimiter: Delimiter): Scanned | null {
    let scan = AT_START;
    for (;;) {
      const tooLong = this.#text.length - this.#at > RECORD_LIMIT;
      if (this.#at < this.#text.length) {
        const scanned = scanRecord(this.#text, this.#at, delimiter, scan, this.#ended || tooLong);
        if (scanned.end !== null) return scanned;
        scan = scanned;
      }
      if (this.#ended) return null;
      this.#fill();
    }
  }

  #fill(): void {
    const piece = this.#pieces.next();
    if (piece.done) {
      this.#ended = true;
      const whole = this.#text.trimEnd();
      if (whole.endsWith(END_OF_FILE)) this.#text = whole.slice(0, whole.indexOf(END_OF_FILE, this.#at));
      return;
    }
    const from = this.#mark ?? this.#at;
    this.#text = this.#text.slice(from) + piece.value;
    this.#at -= from;
    if (this.#mark !== null) this.#mark = 0;
  }

  #record({ end, next, breaks, fault }: Scanned): RawRecord {
    const line = this.#line;
    if (fault?.kind === 'unclosed') return this.#fault(line + fault.breaks, fault.column, sentence('unclosedQuote'));
    if (fault && breaks > 0)
      return this.#fault(
        line + fault.breaks,
        fault.column,
        sentence('quotesDoNotMatch', { found: fault.found, from: line, to: line + breaks }),
      );
    if (end - this.#at > RECORD_LIMIT) return this.#fault(line, null, sentence('endlessRow'));
    const problem = fault && sentence('afterQuote', { position: fault.column, found: fault.found });
    return {
      kind: 'record',
      line,
      text: this.#text.slice(this.#at, end),
      problem,
      ...(next === end && { isOpen: true }),
    };
  }

  #fault(line: number, column: number | null, problem: Sentence): RawRecord {
    return { kind: 'fault', problem: { line, column, ...problem } };
  }
}
