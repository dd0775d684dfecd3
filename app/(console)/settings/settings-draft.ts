/** Settings as the form holds them, and what differs from the saved ones. Pure. */
import type { Settings } from '#lib/services/settings/settings.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';

type SaySettings = Say<Words['settingsForm']>;

/** The names of the settings that are of this type. */
type NamesOf<Value> = { [Name in keyof Settings]: Settings[Name] extends Value ? Name : never }[keyof Settings];
type NumberName = NamesOf<number>;
type ListName = NamesOf<string[]>;

/** An emptied field is no number, a list is text with one entry per line, and a window that is turned off keeps its times until the page is left. */
export interface Draft
  extends Omit<Settings, NumberName | ListName | 'maintenance' | 'leadTime'>,
    Record<ListName, string> {
  numbers: Record<NumberName, string>;
  leadTime: string;
  maintenance: { isOn: boolean; days: number[]; from: string; to: string };
}

const FIRST_WINDOW = { days: [0], from: '02:00', to: '04:00' };

const textOf = (n: number) => (Number.isNaN(n) ? '' : String(n));

export function toDraft(settings: Settings): Draft {
  const { safetyLimit, syncLimitDays, mailboxLimitHours, attentionCheckHours, retentionDays, ...more } = settings;
  const { historyYears, backupsKept, sessionIdleMinutes, sessionMaxHours, ...others } = more;
  return {
    ...others,
    numbers: {
      safetyLimit: textOf(safetyLimit),
      syncLimitDays: textOf(syncLimitDays),
      mailboxLimitHours: textOf(mailboxLimitHours),
      attentionCheckHours: textOf(attentionCheckHours),
      retentionDays: textOf(retentionDays),
      historyYears: textOf(historyYears),
      backupsKept: textOf(backupsKept),
      sessionIdleMinutes: textOf(sessionIdleMinutes),
      sessionMaxHours: textOf(sessionMaxHours),
    },
    leadTime: String(settings.leadTime),
    reportRecipients: settings.reportRecipients.join('\n'),
    columnOrder: settings.columnOrder.join('\n'),
    columnAliases: settings.columnAliases.join('\n'),
    maintenance: { isOn: settings.maintenance !== null, ...(settings.maintenance ?? FIRST_WINDOW) },
  };
}

// 0 would lift the limit, so an emptied field must not become it.
const numberOf = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));

export function maintenanceOf({ maintenance: { isOn, days, from, to } }: Draft): Settings['maintenance'] {
  return isOn ? { days: days.toSorted(), from, to } : null;
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

export function toSettings(draft: Draft): Settings {
  const { numbers, reportRecipients, columnOrder, columnAliases, ...others } = draft;
  return {
    ...others,
    safetyLimit: numberOf(numbers.safetyLimit),
    syncLimitDays: numberOf(numbers.syncLimitDays),
    mailboxLimitHours: numberOf(numbers.mailboxLimitHours),
    attentionCheckHours: numberOf(numbers.attentionCheckHours),
    retentionDays: numberOf(numbers.retentionDays),
    historyYears: numberOf(numbers.historyYears),
    backupsKept: numberOf(numbers.backupsKept),
    sessionIdleMinutes: numberOf(numbers.sessionIdleMinutes),
    sessionMaxHours: numberOf(numbers.sessionMaxHours),
    leadTime: draft.leadTime === 'at_once' ? 'at_once' : numberOf(draft.leadTime),
    reportRecipients: reportRecipients.split(/[\s,;]+/).filter(Boolean),
    columnOrder: linesOf(columnOrder),
    columnAliases: linesOf(columnAliases),
    maintenance: maintenanceOf(draft),
  };
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** The names of the settings in which the form differs from what was saved. */
export function changedNames(saved: Settings, draft: Draft): (keyof Settings)[] {
  const after = toSettings(draft);
  return settingNames(saved).filter((name) => !same(saved[name], after[name]));
}

function settingNames(settings: Settings): (keyof Settings)[] {
  return Object.keys(settings).filter((name): name is keyof Settings => name in settings);
}

function pick(settings: Settings, names: readonly (keyof Settings)[]): Partial<Settings> {
  return Object.fromEntries(names.map((name) => [name, settings[name]]));
}

/** What is sent: the changed settings alone, and the values they started from. */
export function changeOf(saved: Settings, draft: Draft): Partial<Settings> & { before: Partial<Settings> } {
  const names = changedNames(saved, draft);
  return { ...pick(toSettings(draft), names), before: pick(saved, names) };
}

/** The form over newer settings: what was changed in it stays, everything else is as it is now. */
export function carriedOver(saved: Settings, draft: Draft, newer: Settings): Draft {
  return toDraft({ ...newer, ...pick(toSettings(draft), changedNames(saved, draft)) });
}

/** The form with one setting as it was saved. */
export function withTheirs(saved: Settings, draft: Draft, name: keyof Settings): Draft {
  return toDraft({ ...toSettings(draft), ...pick(saved, [name]) });
}

/** A refusal, by setting: the service puts each problem on a line that starts with the field's name. */
export function problemsOf(say: SaySettings, message: string): Map<string, string> {
  const problems = new Map<string, string>();
  for (const line of message.split('\n')) {
    const [, field = '', index, text = line] = /^(\w+)(?:\.(\w+))*: (.*)$/.exec(line) ?? [];
    const words =
      index !== undefined && /^\d+$/.test(index) ? say('inLine', { n: Number(index) + 1, problem: text }) : text;
    if (!problems.has(field)) problems.set(field, `${words.charAt(0).toUpperCase()}${words.slice(1)}`);
  }
  return problems;
}

/** As in cron, and as the dictionary has their names: 0 is Sunday. */
const DAYS = ['0', '1', '2', '3', '4', '5', '6'] as const;

/** A setting's value as a person reads it. */
export function valueText(say: SaySettings, value: Settings[keyof Settings]): string {
  if (value === null) return say('value.none');
  if (typeof value === 'boolean') return say(value ? 'value.on' : 'value.off');
  if (Array.isArray(value)) return value.length === 0 ? say('value.none') : value.join(', ');
  if (typeof value !== 'object') return value === '' ? say('value.empty') : String(value);
  const { days, from, to } = value;
  const names = DAYS.filter((day) => days.includes(Number(day))).map((day) => say(`day.${day}`));
  return say('value.window', { days: names.join(', '), from, to });
}
