/** Opens a workbook: its sheets in order, the texts they share, and what their number formats mean. */
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import {
  type Archive,
  damaged,
  findPart,
  openArchive,
  type Part,
  type ReadAt,
  unpack,
  WorkbookError,
} from './archive.ts';
import { type NumberKind, numberKind, PLAIN } from './numbers.ts';
import { readSharedStrings, type SharedStrings } from './shared-strings.ts';
import { type Attributes, attribute, isStruck, readXml } from './xml.ts';

/** Of every part but the sheets and their texts. */
const MOST_PART_BYTES = 16 * 1024 * 1024;
const MOST_SHEETS = 1000;
const MOST_FORMATS = 100_000;

export interface Sheet {
  name: string;
  isHidden: boolean;
  part: Part;
}

export interface Workbook {
  archive: Archive;
  sheets: readonly Sheet[];
  strings: SharedStrings;
  /** Its dates count from 1904. */
  is1904: boolean;
  /** By the number of a cell's style. */
  formats: readonly NumberKind[];
  /** The styles that strike a cell through. */
  struck: ReadonlySet<number>;
}

/** Opens a workbook of Excel 2007 or later. Throws `WorkbookError` where the archive is something else, with what to do. */
export function openWorkbook(readAt: ReadAt, sizeBytes: number): Workbook {
  const archive = openArchive(readAt, sizeBytes);
  const main = mainPart(archive);
  const links = linksOf(archive, main.name);
  const { sheets: declared, is1904 } = readMain(archive, main);
  const sheets = declared.flatMap(({ name, isHidden, id }): Sheet[] => {
    const link = links.find((one) => one.id === id);
    // Charts and macros have sheets of their own, which hold no rows.
    if (link?.type !== 'worksheet') return [];
    const part = findPart(archive, link.target);
    if (!part) throw damaged();
    return [{ name, isHidden, part }];
  });
  const linked = (type: string): Part | null => {
    const link = links.find((one) => one.type === type);
    return link ? findPart(archive, link.target) : null;
  };
  const strings = readSharedStrings(archive, linked('sharedStrings'));
  return { archive, sheets, strings, is1904, ...readStyles(archive, linked('styles')) };
}

function mainPart(archive: Archive): Part {
  const link = linksOf(archive, '').find(({ type }) => type === 'officeDocument');
  const main = findPart(archive, link?.target ?? 'xl/workbook.xml');
  if (main && /\.xml$/i.test(main.name) && /(?:^|\/)xl\//i.test(main.name)) return main;
  throw new WorkbookError(whatElse(archive, main));
}

const OF_OTHER_PROGRAMS = ['word/document.xml', 'ppt/presentation.xml'];

/** What an archive is that holds no workbook of Excel, and what to do about it. */
function whatElse(archive: Archive, main: Part | null): Sentence {
  // What writes such a document may leave out the part that says which one is the main one.
  if (main?.name.toLowerCase().endsWith('.bin') || findPart(archive, 'xl/workbook.bin'))
    return sentence('binaryWorkbook');
  if (main || OF_OTHER_PROGRAMS.some((name) => findPart(archive, name))) return sentence('otherOfficeFile');
  if (findPart(archive, 'content.xml')) return sentence('openDocument');
  if (findPart(archive, 'Index/Document.iwa')) return sentence('numbersFile');
  return sentence('zipArchive');
}

interface Link {
  id: string;
  type: string;
  target: string;
}

/** What a part refers to; `''` is the archive as a whole. */
function linksOf(archive: Archive, name: string): Link[] {
  const folder = name.includes('/') ? name.slice(0, name.lastIndexOf('/') + 1) : '';
  const part = findPart(archive, `${folder}_rels/${name.slice(folder.length)}.rels`);
  const links: Link[] = [];
  if (part)
    each(archive, part, (element, attributes) => {
      if (element !== 'Relationship' || attributes.TargetMode === 'External') return;
      const { Id: id = '', Type: type = '', Target: target = '' } = attributes;
      links.push({ id, type: type.slice(type.lastIndexOf('/') + 1), target: resolved(folder, target) });
    });
  return links;
}

/** The name of a part that another one in `folder` refers to; some programs write the separators of Windows. */
function resolved(folder: string, target: string): string {
  const path = target.replaceAll('\\', '/');
  // After one slash no host can follow, which might be none.
  const whole = path.startsWith('/') ? path.replace(/^\/+/, '/') : `/${folder}${path}`;
  const name = new URL(whole, 'file:///').pathname.slice(1);
  try {
    return decodeURIComponent(name);
  } catch {
    // A percent sign that stands for itself.
    return name;
  }
}

function each(
  archive: Archive,
  part: Part,
  open: (name: string, attributes: Attributes) => void,
  close?: (name: string) => void,
): void {
  const handler = { open, close: (name: string) => close?.(name), wantsText: () => false };
  for (const _ of readXml(unpack(archive, part, MOST_PART_BYTES), handler));
}

function readMain(archive: Archive, part: Part) {
  const sheets: { name: string; isHidden: boolean; id: string }[] = [];
  let is1904 = false;
  each(archive, part, (element, attributes) => {
    if (element === 'workbookPr') is1904 = isTrue(attribute(attributes, 'date1904'));
    if (element !== 'sheet') return;
    const state = attribute(attributes, 'state') ?? 'visible';
    sheets.push({
      name: attribute(attributes, 'name') ?? '',
      isHidden: state !== 'visible',
      id: Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '',
    });
    if (sheets.length > MOST_SHEETS) throw damaged();
  });
  return { sheets, is1904 };
}

const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true';

function readStyles(archive: Archive, part: Part | null): Pick<Workbook, 'formats' | 'struck'> {
  const formats: NumberKind[] = [];
  const struck = new Set<number>();
  const codes = new Map<number, string>();
  const struckFonts = new Set<number>();
  let fonts = 0;
  let list = '';
  if (part)
    each(
      archive,
      part,
      (element, attributes) => {
        const id = Number(attribute(attributes, 'numFmtId') ?? 0);
        if (element === 'numFmt') codes.set(id, attribute(attributes, 'formatCode') ?? '');
        // Differences of style have fonts as well, outside of this list.
        if (element === 'fonts' || element === 'cellXfs') list = element;
        if (element === 'font' && list === 'fonts') fonts++;
        if (element === 'strike' && list === 'fonts' && isStruck(attributes)) struckFonts.add(fonts - 1);
        if (element === 'xf' && list === 'cellXfs') {
          if (struckFonts.has(Number(attribute(attributes, 'fontId') ?? 0))) struck.add(formats.length);
          formats.push(numberKind(id, codes.get(id) ?? null));
        }
        if (formats.length > MOST_FORMATS || codes.size > MOST_FORMATS || fonts > MOST_FORMATS) throw damaged();
      },
      (element) => {
        if (element === list) list = '';
      },
    );
  return { formats, struck };
}

export function formatOf({ formats }: Workbook, style: string | undefined): NumberKind {
  return style === undefined ? PLAIN : (formats[Number(style)] ?? PLAIN);
}
