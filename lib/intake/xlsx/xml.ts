/** Reads XML from pieces of bytes, in bounded memory: elements without their namespace prefix, text, and nothing that refers outside. */
import { SaxesParser } from 'saxes';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { damaged, WorkbookError } from './archive.ts';

/** Attributes by their names without prefix. */
export type Attributes = Record<string, string>;

export interface XmlHandler {
  open(name: string, attributes: Attributes): void;
  /** `text` is null unless `wantsText` was true of this element. */
  close(name: string, text: string | null): void;
  /** Whether the text of this element, and of nothing inside it, is wanted. */
  wantsText(name: string): boolean;
}

/** Deeper than any part of a workbook. */
const MOST_DEPTH = 64;
/** No element, attribute or text of a workbook is longer: a cell holds 32,767 characters. */
const LONGEST_TOKEN = 1024 * 1024;

const OPTIONS = { position: false, xmlns: false } as const;

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * A parser that stays: what the engine has learnt about parsers goes with the last of them, and in the small heap of the thread of intake that
 * happens between two parts of a workbook. Reading it then takes nearly twice as long.
 */
let example: XmlParser | null = null;

class XmlParser {
  readonly #parser = new SaxesParser<typeof OPTIONS>(OPTIONS);
  #depth = 0;
  #sinceEvent = 0;
  #text: string | null = null;

  constructor(handler: XmlHandler) {
    this.#parser.on('error', () => {
      throw damaged();
    });
    this.#parser.on('doctype', () => {
      throw new WorkbookError(sentence('declaresType'));
    });
    this.#parser.on('opentag', ({ name, attributes }) => {
      this.#sinceEvent = 0;
      if (++this.#depth > MOST_DEPTH) throw damaged();
      this.#text = handler.wantsText(bare(name)) ? '' : null;
      handler.open(bare(name), attributes);
    });
    const onText = (more: string) => {
      if (this.#text === null) return;
      this.#text += more;
      if (this.#text.length > LONGEST_TOKEN) throw damaged();
    };
    this.#parser.on('text', onText);
    this.#parser.on('cdata', onText);
    this.#parser.on('closetag', ({ name }) => {
      this.#sinceEvent = 0;
      this.#depth--;
      handler.close(bare(name), this.#text);
      this.#text = null;
    });
  }

  write(characters: string): void {
    this.#sinceEvent += characters.length;
    this.#parser.write(characters);
    if (this.#sinceEvent > LONGEST_TOKEN) throw damaged();
  }

  close(): void {
    this.#parser.close();
  }
}

function exampleParser(): XmlParser {
  const parser = new XmlParser({ open() {}, close() {}, wantsText: () => true });
  parser.write('<a b="c">d</a>');
  parser.close();
  return parser;
}

/** Hands the elements to `handler`; yields after every piece, so that whoever asks can take what was found so far. Throws `WorkbookError`. */
export function* readXml(pieces: Iterable<Uint8Array>, handler: XmlHandler): Generator<void> {
  if (example === null) example = exampleParser();
  const parser = new XmlParser(handler);
  let decoder: TextDecoder | null = null;
  for (const piece of pieces) {
    decoder ??= decoderFor(piece);
    parser.write(decoded(decoder, piece));
    yield;
  }
  parser.write(decoded(decoder ?? new TextDecoder(), null));
  parser.close();
  yield;
}

function decoderFor(piece: Uint8Array): TextDecoder {
  const [first, second] = piece;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true });
}

function decoded(decoder: TextDecoder, piece: Uint8Array | null): string {
  try {
    return piece === null ? decoder.decode() : decoder.decode(piece, { stream: true });
  } catch {
    throw damaged();
  }
}

/** An attribute by its name, whatever its prefix. */
export function attribute(attributes: Attributes, name: string): string | undefined {
  const exact = attributes[name];
  if (exact !== undefined) return exact;
  // Asked of every cell: a list of the keys would be made in vain, for hardly any has a prefix.
  for (const key in attributes) if (bare(key) === name) return attributes[key];
  return undefined;
}

/** Whether an element `strike` says so: without a value it does. */
export const isStruck = (attributes: Attributes): boolean => !/^(?:0|false)$/.test(attribute(attributes, 'val') ?? '');
