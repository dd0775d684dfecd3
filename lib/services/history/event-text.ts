/** What an event tells, in another language than the one it was recorded in: from its kind and what was recorded with it. Pure. */
import { z } from 'zod';
import type { EarlierEventKind, EventKind } from '#lib/domain/events.ts';
import { licenceName } from '#lib/domain/licences/mapping.ts';
import { SENTENCE } from '#lib/domain/sentences/sentence.ts';
import { SETTING_KEYS } from '#lib/domain/settings.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Words } from '#lib/words/english.ts';
import type { Language } from '#lib/words/languages.ts';
import { listed } from '#lib/words/listed.ts';
import type { Say } from '#lib/words/say.ts';
import { answerIn, sentenceIn, whyClosedIn } from '#lib/words/sentences.ts';

export interface RecordedEvent {
  kind: string;
  actor: string;
  message: string;
  data: unknown;
  /** The file it is about. */
  file: { name: string } | null;
}

interface Telling {
  say: Say<Words['events']>;
  language: Language;
  by: string;
  message: string;
  file: string;
  data: unknown;
}
/** Null: not everything was recorded with it, as by an earlier release. */
type Teller = (telling: Telling) => string | null;

function from<Data>(schema: z.ZodType<Data>, text: (telling: Telling, data: Data) => string | null): Teller {
  return (telling) => {
    const { success, data } = schema.safeParse(telling.data);
    return success ? text(telling, data) : null;
  };
}

const simply =
  (text: (telling: Telling) => string): Teller =>
  (telling) =>
    text(telling);

const day = (language: Language, at: number) => new Date(at).toLocaleDateString(language, { timeZone: 'UTC' });

const changesSchema = z.array(
  z.object({ column: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
);

function changesText({ say }: Telling, changes: z.infer<typeof changesSchema>): string {
  const empty = say('empty');
  return changes
    .map(({ column, before, after }) => say('change', { column, before: before || empty, after: after || empty }))
    .join(', ');
}

const rowSchema = z.object({ file: z.string(), line: z.number() });
const linesSchema = z.object({ lines: z.array(z.number()) });
const namedSchema = z.object({ name: z.string() });
const plannedSchema = z.object({ employeeType: z.string(), startDate: z.string(), people: z.number() });
const mappingSchema = z.object({ employeeType: z.string() });

function rowsText({ say, file }: Telling, [line, ...more]: readonly number[]): string {
  if (line === undefined) return say('rows.all', { file });
  return more.length === 0 ? say('rows.line', { line, file }) : say('rows.some', { n: more.length + 1, file });
}

function planned(key: 'start.planned' | 'start.unplanned', facts: 'before' | 'after'): Teller {
  return from(z.object({ [facts]: plannedSchema }), ({ say, by, language }, data) => {
    const start = data[facts];
    if (!start) return null;
    const { employeeType: type, startDate, people: n } = start;
    return say(key, { by, n, type, day: day(language, Date.parse(startDate)) });
  });
}

const draftChange = z.union([
  namedSchema.extend({ line: z.number(), after: z.string().nullable() }),
  namedSchema.extend({ corrected: z.array(z.unknown()) }),
  namedSchema.extend({ before: z.unknown(), after: z.unknown() }),
]);

const runRequest = z.union([
  z.object({ dryRun: z.boolean() }),
  z.object({ kind: z.string(), mapping: z.string(), people: z.number() }),
]);

const denied = z.union([
  z.object({ role: z.string(), page: z.string() }),
  z.object({ role: z.string(), upload: z.object({ name: z.string(), by: z.string() }) }),
  z.object({ role: z.string() }),
  z.object({ path: z.string() }),
]);

const why = z.string().nullable();

const EXPORTED = ['people', 'history', 'evidence', 'trends', 'original', 'results', 'runLog'] as const;
const HEALINGS = ['retry_provisioning', 'reprocess_licences'] as const;
const ENDS = ['by_admin', 'replaced', 'idle', 'too_old', 'role_unconfirmed', 'refused', 'too_weak'] as const;

/** Null: the person’s reason says it all. */
const TELLERS: Record<EventKind | EarlierEventKind, Teller | null> = {
  'person.accepted': null,
  'person.changed': from(z.object({ row: rowSchema, changes: changesSchema }), (telling, { row, changes }) =>
    telling.say('person.changed', { ...row, changes: changesText(telling, changes) }),
  ),
  'person.dropped_again': from(z.object({ row: rowSchema, isHeld: z.boolean() }), ({ say }, { row, isHeld }) =>
    say(isHeld ? 'person.dropped_again.held' : 'person.dropped_again', row),
  ),
  'person.disputed': null,
  'person.row_chosen': null,
  'person.moved': null,
  'person.asked_again': from(
    // An earlier release kept why as `said`.
    z.object({ healing: z.enum(HEALINGS), answer: z.string(), why: why.optional(), said: why.optional() }),
    ({ say, language }, { healing, answer, why: told, said: kept = told ?? null }) => {
      const asked = say(`asked.${healing}`);
      if (kept === null) return say('person.asked_again.accepted', { asked });
      const said = answerIn(language, kept);
      return say(answer === 'refused' ? 'person.asked_again.refused' : 'person.asked_again.unknown', { asked, said });
    },
  ),
  'person.retried': null,
  'person.license_now': null,
  'person.license_anyway': null,
  'person.choice_made': null,
  'person.approved': null,
  'person.rejected': null,
  'person.dismissed': null,
  'person.dismissal_undone': simply(({ say, by }) => say('person.dismissal_undone', { by })),
  'person.reopened': null,
  'person.edited': from(
    z.object({ changes: changesSchema, location: z.string().optional(), why: z.string().optional() }),
    (telling, { changes, location, why }) => {
      const { say, by } = telling;
      const edited =
        location === undefined
          ? say('person.edited', { by, changes: changesText(telling, changes) })
          : say('person.edited.location', { by, location });
      return why === undefined ? edited : say('person.edited.why', { edited, why });
    },
  ),
  // In the words of whoever wrote it.
  'person.noted': simply(({ message }) => message),
  'person.assigned': simply(({ say, by }) => say('person.assigned', { by })),
  'person.unassigned': simply(({ say, by }) => say('person.unassigned', { by })),
  'file.accepted': from(
    z.union([
      z.object({
        rows: z.object({ accepted: z.number(), duplicates: z.number(), unchanged: z.number(), rejected: z.number() }),
      }),
      z.object({ grown: z.object({ from: z.number(), to: z.number() }) }),
    ]),
    ({ say, file }, data) => {
      if ('grown' in data) return say('file.accepted.grown', { file, ...data.grown });
      const { unchanged, ...counts } = data.rows;
      const told = { file, rows: counts.accepted + counts.duplicates + counts.rejected, ...counts };
      return unchanged === 0 ? say('file.accepted.new', told) : say('file.accepted', { ...told, unchanged });
    },
  ),
  'file.rejected': from(
    z.object({ problem: z.object({ line: z.number(), ...SENTENCE }) }),
    ({ say, file, language }, { problem }) => {
      const { message, lang } = sentenceIn(language, problem);
      return lang === undefined ? say('file.rejected', { file, line: problem.line, problem: message }) : null;
    },
  ),
  'row.corrected': from(rowSchema.extend({ again: rowSchema.optional() }), ({ say, by }, { line, file, again }) =>
    again
      ? say('row.corrected.again', { line, file, otherLine: again.line, other: again.file })
      : say('row.corrected', { by, line, file }),
  ),
  'row.closed': from(linesSchema.extend({ why: z.string() }), (telling, { lines, why }) =>
    telling.say('row.closed', {
      by: telling.by,
      rows: rowsText(telling, lines),
      why: whyClosedIn(telling.language, why),
    }),
  ),
  'row.reopened': from(linesSchema, (telling, { lines }) =>
    telling.say('row.reopened', { by: telling.by, rows: rowsText(telling, lines) }),
  ),
  'draft.created': from(namedSchema, ({ say, by }, { name }) => say('draft.created', { by, name })),
  'draft.changed': from(draftChange, ({ say, by }, { name, ...data }) => {
    if ('corrected' in data) return say('draft.changed.alike', { by, name, n: data.corrected.length });
    if (!('line' in data)) return say('draft.changed.columns', { by, name });
    return say(data.after === null ? 'draft.changed.restored' : 'draft.changed.line', { by, name, line: data.line });
  }),
  'draft.imported': from(namedSchema.extend({ corrections: z.number() }), ({ say, by }, { name, corrections: n }) =>
    say('draft.imported', { by, name, n }),
  ),
  'draft.discarded': from(namedSchema, ({ say, by }, { name }) => say('draft.discarded', { by, name })),
  'run.requested': from(runRequest, ({ say }, data) => {
    if ('dryRun' in data) return say(data.dryRun ? 'run.requested.dry' : 'run.requested');
    return say('run.requested.again', { n: data.people, kind: data.kind, mapping: data.mapping });
  }),
  'run.cancelled': from(z.object({ hadStarted: z.boolean() }), ({ say }, { hadStarted }) =>
    say(hadStarted ? 'run.cancelled' : 'run.cancelled.early'),
  ),
  'mapping.published': from(
    mappingSchema.extend({
      version: z.number(),
      after: z.object({ licences: z.array(z.object({ skuPartNumber: z.string() })) }),
    }),
    ({ say, by, language }, { employeeType: type, version, after }) => {
      const names = after.licences.map(({ skuPartNumber }) => licenceName(skuPartNumber));
      return say('mapping.published', { by, type, version, licences: listed(names, language) });
    },
  ),
  'mapping.retired': from(mappingSchema, ({ say, by }, { employeeType: type }) => say('mapping.retired', { by, type })),
  'start.planned': planned('start.planned', 'after'),
  'start.unplanned': planned('start.unplanned', 'before'),
  'settings.changed': from(z.object({ name: z.enum(SETTING_KEYS) }), ({ say, by, language }, { name }) =>
    say('settings.changed', { by, setting: sayIn(language, 'settingNames')(name) }),
  ),
  'diagnosis.requested': from(z.object({ userPrincipalName: z.string() }), ({ say, by }, { userPrincipalName: name }) =>
    say('diagnosis.requested', { by, name }),
  ),
  'setup.tested': simply(({ say, by }) => say('setup.tested', { by })),
  'mail.tested': from(z.object({ recipients: z.array(z.string()) }), ({ say, by }, { recipients }) =>
    say('mail.tested', { by, recipients: recipients.join(', ') }),
  ),
  'clock.set_back': from(z.object({ byMs: z.number(), checks: z.number() }), ({ say }, { byMs, checks }) =>
    say('clock.set_back', { n: Math.round(byMs / 60_000), checks }),
  ),
  'history.removed': from(
    z.object({ until: z.number(), years: z.number(), setBy: z.string().nullable() }),
    ({ say, language }, { until, years: n, setBy }) =>
      say('history.removed', { day: day(language, until), by: setBy ?? say('somebody'), n }),
  ),
  'backup.restored': from(z.object({ file: z.string() }), ({ say }, { file }) => say('backup.restored', { file })),
  'database.put_back': from(z.object({ file: z.string() }), ({ say }, { file }) => say('database.put_back', { file })),
  'operator.signed_in': from(z.object({ role: z.string().nullable() }), ({ say, by }, { role }) =>
    role === null ? say('operator.signed_in.none', { by }) : say('operator.signed_in', { by, role }),
  ),
  'operator.denied': from(
    z.union([
      z.object({ email: z.string(), tenantId: z.string() }),
      z.object({ email: z.string(), authContext: z.string() }),
    ]),
    ({ say, by }, { email, ...data }) =>
      'tenantId' in data
        ? say('operator.denied.tenant', { by, email, tenant: data.tenantId })
        : say('operator.denied.weak', { by, email, context: data.authContext }),
  ),
  'operator.signed_out': from(z.object({ sessions: z.number() }), ({ say, by }, { sessions: n }) =>
    say('operator.signed_out', { by, n }),
  ),
  'operator.role_changed': from(
    z.object({ before: z.string().nullable(), after: z.string().nullable() }),
    ({ say, by }, { before, after }) => {
      const none = say('noRole');
      return say('operator.role_changed', { by, before: before ?? none, after: after ?? none });
    },
  ),
  'session.ended': from(
    z.object({
      name: z.string(),
      why: z.enum(ENDS),
      limits: z.object({ idleMinutes: z.number(), maxHours: z.number() }),
    }),
    ({ say, by }, { name, why, limits }) => {
      if (why === 'by_admin') return say('session.ended.by_admin', { by, name });
      if (why === 'idle') return say('session.ended.idle', { name, n: limits.idleMinutes });
      return why === 'too_old'
        ? say('session.ended.too_old', { name, n: limits.maxHours })
        : say(`session.ended.${why}`, { name });
    },
  ),
  'action.refused': from(denied, ({ say, by }, data) => {
    if ('path' in data) return say('action.refused.foreign', { by, path: data.path });
    const { role } = data;
    if ('page' in data) return say('action.refused.page', { by, role, page: data.page });
    if (!('upload' in data)) return say('action.refused', { by, role });
    return say('action.refused.upload', { by, name: data.upload.name, owner: data.upload.by });
  }),
  'data.exported': from(
    z.object({ what: z.enum(EXPORTED), name: z.string().nullable() }),
    ({ say, by }, { what, name }) =>
      what === 'people' || what === 'history'
        ? say(`exported.${what}`, { by })
        : say(`exported.${what}`, { by, name: name ?? '' }),
  ),
};

/** Null: it is shown as it was recorded, which is in English. */
export function eventText(language: Language, { kind, actor, message, data, file }: RecordedEvent): string | null {
  if (language === 'en' || !Object.hasOwn(TELLERS, kind)) return null;
  const teller = TELLERS[kind as keyof typeof TELLERS];
  return (
    teller?.({ say: sayIn(language, 'events'), language, by: actor, message, file: file?.name ?? '', data }) ?? null
  );
}
