/** Before and after of an event, in words, whatever kind it is. Pure. */
import { z } from 'zod';
import { licenceName } from '#lib/domain/licences/mapping.ts';
import { knownPlanName } from '#lib/domain/licences/service-plans.ts';

export interface Change {
  what: string;
  before: string;
  after: string;
}

const record = z.record(z.string(), z.unknown());
const licenceSchema = z.object({ skuPartNumber: z.string(), disabledPlans: z.array(z.string()).default([]) });

/** `safetyLimit` → `Safety limit`; names that start with a capital are kept. */
export function nameInWords(name: string): string {
  if (/^[A-Z]/.test(name)) return name;
  const words = name.replace(/[_.-]+/g, ' ').replace(/(?<=[a-z\d])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const planName = (id: string) => knownPlanName(id) ?? id;

/** Any value as a person would say it. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(valueText).join(', ') || 'nothing';
  const licence = licenceSchema.safeParse(value);
  if (licence.success) {
    const { skuPartNumber, disabledPlans } = licence.data;
    return `${licenceName(skuPartNumber)}${disabledPlans.length > 0 ? ` without ${disabledPlans.map(planName).join(' and ')}` : ''}`;
  }
  const fields = record.safeParse(value);
  if (!fields.success) return String(value);
  return Object.entries(fields.data)
    .map(([name, field]) => `${nameInWords(name).toLowerCase()} ${valueText(field)}`)
    .join(', ');
}

/** One of a list of changes: `{ column, before, after }`, or `{ what, from, to }`. */
function listed(item: unknown): Change[] {
  const { column, what, before, after, from, to } = record.safeParse(item).data ?? {};
  const name = column ?? what;
  if (typeof name !== 'string') return [];
  return [{ what: nameInWords(name), before: valueText(before ?? from), after: valueText(after ?? to) }];
}

/** Two values of something; of two objects what differs in each field. */
function differences(before: unknown, after: unknown): Change[] {
  const [was, is] = [record.safeParse(before).data, record.safeParse(after).data];
  if (!was && !is) return [{ what: 'Value', before: valueText(before), after: valueText(after) }];
  return [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])].map((name) => ({
    what: nameInWords(name),
    before: valueText(was?.[name]),
    after: valueText(is?.[name]),
  }));
}

const cellSchema = z.object({
  line: z.number(),
  /** Null: as it stood in the file. */
  before: z.string().nullable(),
  after: z.string().nullable(),
});

/** Cells of an upload named at once; the event has all of them. */
const CELLS_SHOWN = 20;

/** A cell of an upload, or many that were corrected in the same way. */
function cellChanges(data: unknown): Change[] {
  const many = z.object({ corrected: z.array(z.object({ line: z.number(), to: z.string() })) }).safeParse(data).data;
  const cells = many?.corrected.map(({ line, to }) => ({ line, before: null, after: to })) ?? [data];
  return cells.slice(0, CELLS_SHOWN).flatMap((cell) => {
    const { success, data: found } = cellSchema.safeParse(cell);
    const text = (value: string | null) => (value === null ? 'as in the file' : valueText(value));
    return success ? [{ what: `Line ${found.line}`, before: text(found.before), after: text(found.after) }] : [];
  });
}

function everyChange(data: unknown): Change[] {
  const fields = record.safeParse(data).data;
  if (!fields) return [];
  const list = fields.changes ?? fields.written;
  if (Array.isArray(list)) return list.flatMap(listed);
  if ('line' in fields || 'corrected' in fields) return cellChanges(fields);
  if (!('before' in fields || 'after' in fields)) return [];
  const { name, before, after } = fields;
  if (typeof name !== 'string') return differences(before, after);
  return [{ what: nameInWords(name), before: valueText(before), after: valueText(after) }];
}

/** What `data` of an event says was changed; what stayed the same is left out, and data that says nothing of the sort gives nothing. */
export function changesOf(data: unknown): Change[] {
  return everyChange(data).filter(({ before, after }) => before !== after);
}
