/** Finds the rows below a title that says that people leave: lists of joiners, movers and leavers are often one file. Pure. */
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { SHOWN } from '#lib/intake/csv/limits.ts';
import { columnKey, keySet } from './column-names.ts';
import type { Header } from './columns.ts';

/** What such titles say, and no name of a person does. */
const LEAVERS = keySet(
  `leavers leaving terminated terminations offboarding offboarded departures departed resigned resignations retirees inactive
   austritt austritte austritten ausgeschieden ausgeschiedene ausgeschiedenen ausgetretene abgang abgänge abgaenge ehemalige inaktiv inaktive kündigungen
   départs sortants sortantes sorties bajas cesados cesadas cessati cessazioni uscite dimissionari uitdienst vertrokken demitidos desligados saídas zwolnieni odejścia
   уволенные уволены звільнені 退職者 退職 離職者 离职 离职人员 離職 퇴사자 퇴직자`,
);
/** What others say, and what a title says that is about both. */
const OTHERS = keySet(
  `joiners joiner joining new newcomers newcomer hires hire hired starters starter onboarding onboarded movers mover transfers transfer changes all active
   eintritt eintritte neueintritte neuzugänge neuzugaenge zugänge zugaenge zugang neu neue neuer wechsel versetzungen versetzung änderungen alle aktiv aktive
   arrivées entrées embauches nouveaux mutations altas ingresos nuevos ingressi assunzioni nuovi instroom nieuwe admissões przyjęcia новые принятые 入社者 入社 入职 入職 입사자`,
);
/** A longer text is no title. */
const LONGEST = 100;

const LETTER = /[\p{L}\p{M}]/u;

/** Where the one cell with letters is, as of a title, perhaps with a count beside it; null: there is none, or there are more. */
function onlyText(fields: readonly string[]): number | null {
  let found: number | null = null;
  for (let at = 0; at < fields.length; at++) {
    if (!LETTER.test(fields[at] ?? '')) continue;
    if (found !== null) return null;
    found = at;
  }
  return found;
}

type Says = 'leavers' | 'others' | null;

function saidBy(title: string): Says {
  if (title.length > LONGEST || title.includes('@')) return null;
  const words = title
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .split(/[^\p{L}\p{M}]+/u)
    .map(columnKey);
  if (words.some((word) => OTHERS.has(word))) return 'others';
  return words.some((word) => LEAVERS.has(word)) ? 'leavers' : null;
}

/** Whether the name of a file says that it is about leavers and nobody else. */
export const isOfLeavers = (fileName: string): boolean => saidBy(fileName) === 'leavers';

export class SectionWatch {
  /** The title that says so, until another one says something else. */
  #title: string | null = null;

  readonly #typeAt: number;

  /** `titles`: the name of the sheet, and the lines above the header. */
  constructor({ at }: Header, titles: readonly string[]) {
    this.#typeAt = at.EmployeeType ?? 0;
    for (const title of titles) this.#see(title.replace(/[,;|\t"]+/g, ' ').trim());
  }

  #see(title: string): void {
    const says = saidBy(title);
    if (says !== null) this.#title = says === 'leavers' ? title : null;
  }

  /** Takes the rows as they come. Why this one gives nobody a licence; null where nothing says so. */
  problemOf(fields: readonly string[] | null): Sentence | null {
    if (!fields) return null;
    const at = onlyText(fields);
    if (at !== null && (this.#typeAt === 0 || this.#typeAt !== at)) this.#see(fields[at]?.trim() ?? '');
    return this.#title === null ? null : sentence('belowLeavers', { title: this.#title.slice(0, SHOWN) });
  }
}
