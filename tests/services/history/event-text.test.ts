import { expect, test } from 'vitest';
import type { NewEvent } from '#lib/domain/events.ts';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { changesIn } from '#lib/services/history/deeds.ts';
import { eventText } from '#lib/services/history/event-text.ts';
import { changesOf } from '#lib/services/history/history-changes.ts';
import { ENGLISH } from '#lib/words/english.ts';

type OwnFacts<Event> = Event extends NewEvent ? Pick<Event, 'kind' | ('data' & keyof Event)> : never;
/** An event without who did it, when, and to whom. */
type Told = OwnFacts<NewEvent>;

const recorded = (event: Told) => ({
  kind: event.kind,
  actor: 'Ann',
  message: 'As it was recorded.',
  data: 'data' in event ? JSON.parse(JSON.stringify(event.data)) : null,
  file: { name: 'a.csv' },
});

const changes = [{ column: 'EmployeeType', before: 'E', after: 'N' }];
const limits = { idleMinutes: 60, maxHours: 10 };
const planned = { employeeType: 'E', startDate: '2026-12-01', people: 1 };
const licences = [{ skuPartNumber: 'SPE_E3', disabledPlans: [] }];
const facts = { licences, usageLocation: null, leadTime: null, licenseAccountsWithAddress: null, rank: 0, note: null };
const people = { attention: 0, waiting: 0, held: 0, licensed: 0 };

/** Each kind that says something of its own, with what is recorded with it. */
const TOLD: readonly [Told, string][] = [
  [
    { kind: 'person.changed', data: { changes, row: { file: 'b.csv', line: 4 } } },
    'b.csv, Zeile 4, hat geändert: EmployeeType von E in N.',
  ],
  [
    { kind: 'person.dropped_again', data: { row: { file: 'b.csv', line: 4 }, isHeld: true } },
    'wartet weiter auf Genehmigung',
  ],
  [
    { kind: 'person.asked_again', data: { healing: 'retry_provisioning', answer: 'unknown', why: 'ECONNRESET' } },
    '(ECONNRESET)',
  ],
  [
    { kind: 'person.asked_again', data: { healing: 'reprocess_licences', answer: 'accepted', why: null } },
    'Das wurde angenommen',
  ],
  [
    { kind: 'person.asked_again', data: { healing: 'reprocess_licences', answer: 'refused', why: 'No.' } },
    'abgelehnt: No.',
  ],
  [{ kind: 'person.dismissal_undone' }, 'Ann hat das Schließen zurückgenommen.'],
  [{ kind: 'person.edited', data: { changes } }, 'Ann hat geändert: EmployeeType von E in N'],
  [
    { kind: 'person.edited', data: { changes: [{ column: 'EmployeeType', before: '', after: 'E' }] } },
    'Ann hat geändert: EmployeeType von leer in E',
  ],
  [{ kind: 'person.noted' }, 'As it was recorded.'],
  [{ kind: 'person.assigned' }, 'Ann kümmert sich darum.'],
  [{ kind: 'person.unassigned' }, 'nicht mehr'],
  [
    { kind: 'file.accepted', data: { fileId: 'f', rows: { accepted: 2, duplicates: 1, unchanged: 1, rejected: 0 } } },
    'a.csv wurde importiert. 3 Zeilen: 2 neu, 1 schon bekannt (davon 1 Wort für Wort',
  ],
  [
    { kind: 'file.accepted', data: { fileId: 'f', rows: { accepted: 2, duplicates: 0, unchanged: 0, rejected: 0 } } },
    '0 schon bekannt, 0 abgelehnt.',
  ],
  [{ kind: 'file.accepted', data: { fileId: 'f', grown: { from: 10, to: 2000 } } }, 'von 10 auf 2.000 Bytes'],
  [
    {
      kind: 'file.rejected',
      data: { fileId: 'f', problem: { line: 1, column: null, ...sentence('unreadableHeader') } },
    },
    'Zeile 1: Die Kopfzeile lässt sich nicht lesen.',
  ],
  [
    { kind: 'row.corrected', data: { fileId: 'f', file: 'b.csv', line: 7, changes } },
    'Ann hat Zeile 7 aus b.csv korrigiert',
  ],
  [
    {
      kind: 'row.corrected',
      data: { fileId: 'f', file: 'b.csv', line: 7, changes: [], again: { file: 'c.csv', line: 2 } },
    },
    'als Zeile 2 in c.csv',
  ],
  [
    { kind: 'row.closed', data: { fileId: 'f', lines: [7], why: 'left' } },
    'Ann hat Zeile 7 aus a.csv geschlossen: left',
  ],
  [{ kind: 'row.reopened', data: { fileId: 'f', lines: [7, 8] } }, '2 Zeilen aus a.csv wieder'],
  [{ kind: 'row.reopened', data: { fileId: 'f', lines: [] } }, 'die Datei a.csv'],
  [{ kind: 'draft.created', data: { draftId: 'd', name: 'u.csv' } }, 'Ann hat u.csv zur Durchsicht'],
  [
    { kind: 'draft.changed', data: { draftId: 'd', name: 'u.csv', line: 3, at: 1, before: 'a', after: 'b' } },
    'Zeile 3 des Uploads u.csv korrigiert',
  ],
  [
    { kind: 'draft.changed', data: { draftId: 'd', name: 'u.csv', line: 3, at: 1, before: 'a', after: null } },
    'auf das Original',
  ],
  [
    { kind: 'draft.changed', data: { draftId: 'd', name: 'u.csv', corrected: [{ line: 3, at: 1, to: 'b' }] } },
    '1 Zeile des Uploads',
  ],
  [{ kind: 'draft.changed', data: { draftId: 'd', name: 'u.csv', before: {}, after: { CN: 1 } } }, 'die Spalten'],
  [
    { kind: 'draft.imported', data: { draftId: 'd', name: 'u.csv', fileId: 'f', previewRunId: null, corrections: 2 } },
    '2 Korrekturen',
  ],
  [{ kind: 'draft.discarded', data: { draftId: 'd', name: 'u.csv' } }, 'verworfen'],
  [{ kind: 'run.requested', data: { dryRun: true, checkAll: false } }, 'Hat einen Probelauf angefordert.'],
  [
    { kind: 'run.requested', data: { of: { runId: 'r' }, kind: 'failed', mapping: 'then', people: 3 } },
    'für 3 Personen angefordert (nur die mit Handlungsbedarf), mit der damaligen',
  ],
  [{ kind: 'run.cancelled', data: { hadStarted: false } }, 'bevor er begann'],
  [
    { kind: 'mapping.published', data: { employeeType: 'E', before: null, after: facts, released: 0, version: 2 } },
    'Version 2 der Zuordnung des EmployeeType E veröffentlicht: Microsoft 365 E3.',
  ],
  [
    { kind: 'mapping.retired', data: { employeeType: 'E', before: facts, after: null, people } },
    'EmployeeType E entfernt',
  ],
  [
    { kind: 'start.planned', data: { before: null, after: planned } },
    '1 Person mit dem EmployeeType E für den 1.12.2026 geplant',
  ],
  [{ kind: 'start.unplanned', data: { before: planned, after: null } }, 'nicht mehr'],
  [
    { kind: 'settings.changed', data: { name: 'safetyLimit', before: 1, after: 2 } },
    'Einstellung geändert: Sicherheitsgrenze',
  ],
  [{ kind: 'diagnosis.requested', data: { userPrincipalName: 'ada@x.com' } }, 'warum ada@x.com kein Postfach'],
  [{ kind: 'setup.tested', data: { checkId: 'c' } }, 'Einrichtung geprüft'],
  [{ kind: 'mail.tested', data: { recipients: ['a@x.com', 'b@x.com'] } }, 'a@x.com, b@x.com'],
  [{ kind: 'clock.set_back', data: { byMs: 120_000, checks: 5 } }, 'um 2 Minuten zurückgestellt: 5'],
  [
    { kind: 'history.removed', data: { until: Date.UTC(2020, 0, 2), years: 1, setBy: null } },
    'vor dem 2.1.2020 aufgezeichnet wurde, wird gelöscht: jemand',
  ],
  [{ kind: 'backup.restored', data: { file: 'x.zip', madeAt: 1 } }, 'x.zip'],
  [{ kind: 'database.put_back', data: { file: 'x.db' } }, 'x.db oder die WAL-Datei daneben wurde gelöscht'],
  [{ kind: 'operator.signed_in', data: { role: 'Admin' } }, 'Rolle Admin'],
  [{ kind: 'operator.signed_in', data: { role: null } }, 'ohne eine Rolle'],
  [
    { kind: 'operator.denied', data: { why: 'another_tenant', tenantId: 't1', email: 'a@x.com' } },
    '(a@x.com) wurde abgewiesen: Das Konto gehört zum Mandanten t1.',
  ],
  [{ kind: 'operator.denied', data: { why: 'too_weak', authContext: 'c1', email: 'a@x.com' } }, 'c1'],
  [{ kind: 'operator.signed_out', data: { sessions: 3 } }, 'von allen 3 Sitzungen'],
  [
    { kind: 'operator.role_changed', data: { before: 'Admin', after: null } },
    'Rolle (keine) und hatte vorher die Rolle Admin',
  ],
  [{ kind: 'session.ended', data: { operatorKey: 'k', name: 'Bob', why: 'by_admin', limits } }, 'Sitzung von Bob'],
  [{ kind: 'session.ended', data: { operatorKey: 'k', name: 'Bob', why: 'idle', limits } }, '60 Minuten'],
  [{ kind: 'session.ended', data: { operatorKey: 'k', name: 'Bob', why: 'too_old', limits } }, '10 Stunden'],
  [{ kind: 'session.ended', data: { operatorKey: 'k', name: 'Bob', why: 'refused', limits } }, 'Identitätsanbieter'],
  [{ kind: 'action.refused', data: { permission: 'p', role: 'Admin' } }, 'die Rolle Admin'],
  [{ kind: 'action.refused', data: { permission: 'p', role: 'Admin', page: '/settings' } }, 'Seite /settings'],
  [
    { kind: 'action.refused', data: { permission: 'p', role: 'Admin', upload: { name: 'u.csv', by: 'Bob' } } },
    'den Bob hochgeladen hat',
  ],
  [{ kind: 'action.refused', data: { why: 'foreign_origin', path: '/api/x' } }, 'an /api/x'],
  [{ kind: 'data.exported', data: { what: 'people', name: null } }, 'Liste der Personen'],
  [{ kind: 'data.exported', data: { what: 'original', name: 'a.csv' } }, 'Datei a.csv'],
];

test.each(TOLD)('%j is told in German', (event, german) => {
  const text = eventText('de', recorded(event));
  expect(text).toContain(german);
  expect(text).not.toMatch(/[{}]|undefined|null/);
});

test('every kind is told by itself or by the reason of the person, and none of them by its data in English', () => {
  const own = new Set<string>(TOLD.map(([{ kind }]) => kind));
  const byReason = Object.keys(ENGLISH.eventKinds).filter((kind) => !own.has(kind));
  expect(byReason.every((kind) => kind.startsWith('person.'))).toBe(true);
  for (const [event] of TOLD) expect(eventText('en', recorded(event))).toBeNull();
});

test.each([
  { kind: 'file.accepted', data: { fileId: 'f' } },
  { kind: 'data.exported', data: { what: 'the list of people' } },
  { kind: 'draft.created', data: { draftId: 'd' } },
  { kind: 'robot.turned_off', data: null },
])('$kind of another release is shown as it was recorded', ({ kind, data }) => {
  expect(eventText('de', { kind, actor: 'Ann', message: 'As it was recorded.', data, file: null })).toBeNull();
});

test('why Microsoft 365 refused is told as an earlier release recorded it', () => {
  const data = { healing: 'reprocess_licences', answer: 'refused', said: 'No.' };
  const event = { kind: 'person.asked_again', actor: 'engine', message: 'Asked.', data, file: null };
  expect(eventText('de', event)).toContain('Das wurde abgelehnt: No.');
});

test('a file that was refused by an earlier release is told in English', () => {
  const data = { fileId: 'f', problem: { line: 1, column: null, message: 'Empty.' } };
  expect(
    eventText('de', { kind: 'file.rejected', actor: 'idm', message: 'Empty.', data, file: { name: 'a.csv' } }),
  ).toBeNull();
});

test('values before and after are told in German, also where they differed', () => {
  const data = { name: 'paused', before: false, after: true };
  expect(changesIn('de', { data, changes: changesOf(data) })).toEqual([
    { what: 'Pause des Zeitplans', before: 'nein', after: 'ja' },
  ]);
  const differed = [{ what: 'UsageLocation', before: 'different values', after: 'DE' }];
  const edited = { changes: [{ column: 'UsageLocation', before: 'US', after: 'DE' }] };
  expect(changesIn('de', { data: edited, changes: differed })).toEqual([
    { what: 'UsageLocation', before: 'verschiedene Werte', after: 'DE' },
  ]);
  expect(changesOf({ before: null, after: facts }, 'de')).toContainEqual({
    what: 'Lizenzen',
    before: 'nichts',
    after: 'Microsoft 365 E3',
  });
});
