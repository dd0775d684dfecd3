/** Before and after of an event, in words, whatever kind it is: in English unless another language is asked for. Pure. */
import { z } from 'zod';
import { licenceName } from '#lib/domain/licences/mapping.ts';
import { knownPlanName } from '#lib/domain/licences/service-plans.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import { ENGLISH } from '#lib/words/english.ts';
import type { Language } from '#lib/words/languages.ts';

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

const isField = (key: string): key is Extract<keyof typeof ENGLISH.values, `field.${string}`> =>
  Object.hasOwn(ENGLISH.values, key);
const isSetting = (name: string): name is keyof typeof ENGLISH.settingNames =>
  Object.hasOwn(ENGLISH.settingNames, name);

/** What a field is called; one that nobody knows yet is spelt out. */
function fieldText(name: string, language: Language): string {
  const key = `field.${name}`;
  if (isField(key)) return sayIn(language, 'values')(key);
  if (language === 'en' || !isSetting(name)) return nameInWords(name);
  const setting = sayIn(language, 'settingNames')(name);
  return setting.charAt(0).toUpperCase() + setting.slice(1);
}

const planName = (id: string) => knownPlanName(id) ?? id;

/** Any value as a person would say it. */
export function valueText(value: unknown, language: Language = 'en'): string {
  const say = sayIn(language, 'values');
  if (value === null || value === undefined || value === '') return say('nothing');
  if (typeof value === 'boolean') return say(value ? 'yes' : 'no');
  if (Array.isArray(value)) return value.map((one) => valueText(one, language)).join(', ') || say('nothing');
  const licence = licenceSchema.safeParse(value);
  if (licence.success) {
    const { skuPartNumber, disabledPlans } = licence.data;
    const name = licenceName(skuPartNumber);
    const plans = disabledPlans.map(planName).join(say('and'));
    return plans === '' ? name : say('without', { licence: name, plans });
  }
  const fields = record.safeParse(value);
  if (!fields.success) return String(value);
  return Object.entries(fields.data)
    .map(([name, field]) => {
      const called = fieldText(name, language);
      return `${language === 'en' ? called.toLowerCase() : called} ${valueText(field, language)}`;
    })
    .join(', ');
}

/** One of a list of changes: `{ column, before, after }`, or `{ what, from, to }`. */
function listed(item: unknown, language: Language): Change[] {
  const { column, what, before, after, from, to } = record.safeParse(item).data ?? {};
  const name = column ?? what;
  if (typeof name !== 'string') return [];
  const [was, is] = [valueText(before ?? from, language), valueText(after ?? to, language)];
  return [{ what: fieldText(name, language), before: was, after: is }];
}

/** Two values of something; of two objects what differs in each field. */
function differences(before: unknown, after: unknown, language: Language): Change[] {
  const [was, is] = [record.safeParse(before).data, record.safeParse(after).data];
  const text = (value: unknown) => valueText(value, language);
  if (!was && !is) return [{ what: sayIn(language, 'values')('value'), before: text(before), after: text(after) }];
  return [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])].map((name) => ({
    what: fieldText(name, language),
    before: text(was?.[name]),
    after: text(is?.[name]),
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
function cellChanges(data: unknown, language: Language): Change[] {
  const say = sayIn(language, 'values');
  const many = z.object({ corrected: z.array(z.object({ line: z.number(), to: z.string() })) }).safeParse(data).data;
  const cells = many?.corrected.map(({ line, to }) => ({ line, before: null, after: to })) ?? [data];
  return cells.slice(0, CELLS_SHOWN).flatMap((cell) => {
    const { success, data: found } = cellSchema.safeParse(cell);
    const text = (value: string | null) => (value === null ? say('asInFile') : valueText(value, language));
    return success
      ? [{ what: say('line', { line: found.line }), before: text(found.before), after: text(found.after) }]
      : [];
  });
}

function everyChange(data: unknown, language: Language): Change[] {
  const fields = record.safeParse(data).data;
  if (!fields) return [];
  const list = fields.changes ?? fields.written;
  if (Array.isArray(list)) return list.flatMap((one) => listed(one, language));
  if ('line' in fields || 'corrected' in fields) return cellChanges(fields, language);
  if (!('before' in fields || 'after' in fields)) return [];
  const { name, before, after } = fields;
  if (typeof name !== 'string') return differences(before, after, language);
  return [{ what: fieldText(name, language), before: valueText(before, language), after: valueText(after, language) }];
}

/** What `data` of an event says was changed; what stayed the same is left out, and data that says nothing of the sort gives nothing. */
export function changesOf(data: unknown, language: Language = 'en'): Change[] {
  return everyChange(data, language).filter(({ before, after }) => before !== after);
}
