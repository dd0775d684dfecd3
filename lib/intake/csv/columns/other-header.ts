/** Finds a header among the rows whose columns stand in another order: by the first one, the rows below it would be somebody else. */
import { KNOWN_COLUMNS, REQUIRED_COLUMNS } from '#lib/domain/newcomer.ts';
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import type { Matching } from '#lib/intake/csv/table.ts';
import { columnKey } from './column-names.ts';
import { type Header, matchColumns } from './columns.ts';

export class OtherHeaderWatch {
  readonly #header: Header;
  readonly #names: readonly string[];
  readonly #matching: Matching;
  readonly #upnAt: number;
  #hadPeople = false;
  /** The line of the header that the rows stand below, where it is not the first or one like it. */
  #line: number | null = null;

  constructor(header: Header, names: readonly string[], matching: Matching) {
    this.#header = header;
    this.#names = names;
    this.#matching = matching;
    this.#upnAt = header.at.UserPrincipalName ?? 0;
  }

  /** Takes the rows as they come. Why the columns of this one are not those of the first header; null where they are. */
  problemOf(line: number, fields: readonly string[] | null): Sentence | null {
    // Nearly every row: an address stands in its place.
    const isPerson = fields?.[this.#upnAt]?.includes('@') ?? false;
    if (isPerson) this.#hadPeople = true;
    else if (fields && this.#isHeader(fields)) {
      this.#line = this.#isOther(fields) ? line : null;
      return null;
    }
    return this.#line === null ? null : sentence('belowOtherHeader', { line: this.#line });
  }

  #isHeader(fields: readonly string[]): boolean {
    // A row without an address may hold such words in a note.
    if (fields[this.#upnAt]?.trim() === '' || fields.some((field) => field.includes('@'))) return false;
    const { at } = this.#match(fields);
    return at.UserPrincipalName !== null && (at.CN !== null || at.EmployeeType !== null);
  }

  #match(fields: readonly string[]): Header {
    return matchColumns(fields, null, this.#matching.aliases).header;
  }

  /** Right below the first header stand labels of the same columns, in words that we need not know; further down the names of other columns. */
  #isOther(fields: readonly string[]): boolean {
    const { at, nameAt } = this.#match(fields);
    const hasMoved = (from: number | null | undefined, to: number | null | undefined) =>
      from !== null && from !== to && columnKey(fields[from ?? -1] ?? '') !== columnKey(this.#names[from ?? -1] ?? '');
    const moved = [
      ...KNOWN_COLUMNS.filter((column) => hasMoved(this.#header.at[column], at[column])),
      ...this.#header.nameAt.filter((index, part) => hasMoved(index, nameAt[part])),
    ];
    const isWhole = REQUIRED_COLUMNS.every((column) => at[column] !== null);
    return moved.length > 0 && (this.#hadPeople || isWhole);
  }
}
