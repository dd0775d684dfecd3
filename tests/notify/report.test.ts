import { describe, expect, test } from 'vitest';
import { storedSaid, tell } from '#lib/domain/reasons/said.ts';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { needsSomebody, PERSON_STATES } from '#lib/domain/states.ts';
import { composeReport, type ReportedFile, type ReportedPerson, type ReportInput } from '#lib/notify/report.ts';

const FINISHED = Date.UTC(2026, 10, 23, 9, 30);

const quiet: ReportInput = {
  language: 'en',
  run: {
    id: '20261123T093000Z-aaaaaa',
    number: 214,
    status: 'completed',
    reason: null,
    message: null,
    said: null,
    trigger: 'schedule',
    startedAt: FINISHED - 60_000,
    finishedAt: FINISHED,
  },
  endIsNews: false,
  arrivals: {},
  needHuman: [],
  files: [],
  rows: [],
  publicUrl: 'https://app.example',
  checkpoint: null,
};

const file: ReportedFile = {
  name: 'a.csv',
  status: 'accepted',
  rows: 10,
  accepted: 8,
  duplicates: 1,
  rejected: 1,
  problem: null,
};
const rejectedFile: ReportedFile = {
  ...file,
  name: 'b.csv',
  status: 'rejected',
  problem: { message: 'A quotation mark is never closed.' },
};

const person = (id: number, change: Partial<ReportedPerson> = {}): ReportedPerson => ({
  id,
  displayName: '',
  userPrincipalName: `p${id}@contoso.example`,
  reason: 'type_unmapped',
  message: 'EmployeeType X has no mapping, so no licence can be chosen.',
  said: null,
  ...change,
});

/** The mail of a run that must have something to say. */
function report(change: Partial<ReportInput>) {
  const mail = composeReport({ ...quiet, ...change });
  if (!mail) throw new Error('the run had nothing to say');
  return mail;
}

const watch = { ...quiet.run, trigger: 'watch' as const };
const stopped: Partial<ReportInput> = {
  run: { ...quiet.run, status: 'stopped', reason: 'graph_down', message: 'Microsoft Graph is not responding.' },
  endIsNews: true,
};

test('rows that stayed out are named with what keeps each out and a link, the others counted', () => {
  const rows = [{ id: 7, name: 'a.csv:4', problem: { message: 'UserPrincipalName contains two @.' } }];
  const { text, html } = report({ files: [{ ...file, accepted: 6, rejected: 3 }], rows });
  expect(text).toContain('a.csv:4');
  expect(text).toContain('UserPrincipalName contains two @.');
  expect(text).toContain('… and 2 more rows not imported');
  expect(html).toContain('https://app.example/rows/7');
});

test('a run in which nothing changed sends no mail', () => {
  expect(composeReport(quiet)).toBeNull();
});

test('people who merely started to wait, in a file without a fault, are no reason for a mail', () => {
  const arrivals = { awaiting_sync: 4, awaiting_start: 2 };
  const files = [{ ...file, accepted: 9, rejected: 0 }];
  expect(composeReport({ ...quiet, arrivals, files })).toBeNull();
});

test.each<[string, Partial<ReportInput>, string]>([
  ['a licence', { arrivals: { awaiting_mailbox: 1 } }, '1 licensed'],
  ['a mailbox that opened', { arrivals: { provisioned: 42 } }, '42 provisioned'],
  ['a mailbox that was there before', { arrivals: { already_provisioned: 2 } }, '2 already provisioned'],
  ['somebody who needs attention', { arrivals: { needs_attention: 1 } }, '1 needs attention'],
  ['people held', { arrivals: { held: 7 } }, '7 held'],
  ['people without a seat', { arrivals: { awaiting_seat: 2 } }, '2 wait for a seat'],
  ['a rejected file', { files: [rejectedFile] }, '1 file rejected'],
  ['a rejected row', { files: [file] }, '1 row rejected'],
  ['a stopped run', stopped, 'run stopped (Microsoft Graph is not responding)'],
])('%s is worth a mail, and the subject counts it', (_, change, words) => {
  expect(report(change).subject).toBe(`AutoProvision: ${words}`);
});

test('the subject holds all counts', () => {
  const { subject } = report({ arrivals: { provisioned: 42, awaiting_mailbox: 5, needs_attention: 3, held: 2 } });
  expect(subject).toBe('AutoProvision: 42 provisioned, 5 licensed, 3 need attention, 2 held');
});

test('everybody who needs somebody makes a mail, also between two cycles, and is listed and counted; who only waits is not', () => {
  for (const state of PERSON_STATES) {
    const mail = composeReport({ ...quiet, run: watch, arrivals: { [state]: 3 }, needHuman: [person(1)] });
    expect(mail?.text.includes('… and 2 more people who need you') ?? false, state).toBe(needsSomebody(state));
  }
});

test('who waits for a seat is not told to go on by itself', () => {
  const { text } = report({ arrivals: { awaiting_seat: 2, awaiting_sync: 1 } });
  expect(text).toContain('Also new: 1 waits for synchronisation; that continues automatically.');
});

test('a check of mailboxes between two cycles mails only who needs attention', () => {
  expect(composeReport({ ...quiet, run: watch, arrivals: { provisioned: 5 } })).toBeNull();
  expect(report({ run: watch, arrivals: { needs_attention: 1 } }).subject).toContain('1 needs attention');
  expect(report({ run: watch, arrivals: { held: 1 } }).subject).toContain('1 held');
});

test('a run that stopped for a reason that is no news sends no mail for that alone', () => {
  expect(composeReport({ ...quiet, ...stopped, endIsNews: false })).toBeNull();
  const { subject } = report({ ...stopped, endIsNews: false, arrivals: { provisioned: 1 } });
  expect(subject).toBe('AutoProvision: 1 provisioned');
});

test('people are listed under their cause with its fix once, linked in text and in HTML alike', () => {
  const mail = report({
    arrivals: { needs_attention: 2, held: 1 },
    needHuman: [
      person(1),
      person(2, { message: 'EmployeeType Y has no mapping.' }),
      person(3, { reason: 'safety_limit', message: 'One of too many.' }),
    ],
  });
  expect(mail.text).toContain(
    [
      'EmployeeType is not mapped',
      'What to do: Create a mapping for this EmployeeType, or correct it. Then retry.',
      '- p1@contoso.example: EmployeeType X has no mapping, so no licence can be chosen. <https://app.example/people/1>',
      '- p2@contoso.example: EmployeeType Y has no mapping. <https://app.example/people/2>',
      '',
      'Over the safety limit',
    ].join('\n'),
  );
  for (const id of [1, 2, 3]) expect(mail.html).toContain(`<a href="https://app.example/people/${id}">`);
  expect(mail.html).toContain('<a href="https://app.example/runs/20261123T093000Z-aaaaaa">Run 214</a>');
});

test('people are named, and each cause has one button that opens everybody with it', () => {
  const needHuman = [
    person(1, { displayName: 'Alma Alder' }),
    person(2),
    person(3, { reason: 'safety_limit', message: 'One of too many.' }),
  ];
  const mail = report({ arrivals: { needs_attention: 2, held: 1 }, needHuman });
  expect(mail.text).toContain('- Alma Alder (p1@contoso.example): EmployeeType X');
  expect(mail.html.match(/<td><a href="[^"]+">[^<]+<\/a><\/td>/g)).toEqual([
    '<td><a href="https://app.example/people?reason=type_unmapped">Open these 2 people</a></td>',
    '<td><a href="https://app.example/people/3">Open this person</a></td>',
  ]);
});

test('a checkpoint of the history ends the mail to the letter, so that its signature still holds', () => {
  const checkpoint = 'autoprovision/demo\n7\nhash+/=\n2026-11-23T09:30:00.000Z\n\n— autoprovision/demo sign+/=\n';
  const mail = report({ arrivals: { provisioned: 1 }, checkpoint });
  expect(mail.text.endsWith(`\n\n${checkpoint}`)).toBe(true);
  expect(mail.html).toContain(`<pre>${checkpoint}</pre>`);
});

test('without a public address there are names instead of links', () => {
  const mail = report({ arrivals: { needs_attention: 1 }, needHuman: [person(1)], publicUrl: '' });
  expect(mail.text).not.toContain('<');
  expect(mail.html).not.toContain('href');
  expect(mail.html).toContain('<strong>p1@contoso.example</strong>');
});

test('at most 50 people are named; the others are counted', () => {
  const needHuman = Array.from({ length: 60 }, (_, id) => person(id));
  const { text, html } = report({ arrivals: { needs_attention: 60, held: 5 }, needHuman });
  expect(text.match(/^- p\d+@/gm)).toHaveLength(50);
  expect(html.match(/\/people\/\d+"/g)).toHaveLength(50);
  expect(text).toContain('… and 15 more people who need you');
});

test('each file is listed with its numbers, a rejected one with its problem', () => {
  const { text } = report({ files: [file, rejectedFile] });
  expect(text).toContain('- a.csv: 10 rows = 8 accepted + 1 duplicate + 1 rejected');
  expect(text).toContain('- b.csv: rejected: A quotation mark is never closed.');
});

test('values from a CSV stay text: no markup in HTML, no line of their own, nothing in the subject', () => {
  const evil = '<img src="https://evil.example/x" onerror=\'a\'>&\r\nBcc: eve@x.example';
  const mail = report({
    arrivals: { needs_attention: 2 },
    needHuman: [person(1, { userPrincipalName: evil }), person(2, { message: evil, reason: evil })],
    files: [{ ...rejectedFile, name: evil, problem: { message: evil } }],
  });
  expect(mail.html).not.toContain('<img');
  expect(mail.html).toContain('&lt;img src=&quot;https://evil.example/x&quot; onerror=&#39;a&#39;&gt;&amp; Bcc');
  expect(mail.text).not.toMatch(/^Bcc/m);
  expect(mail.subject).toBe('AutoProvision: 2 need attention, 1 file rejected');
});

test('the mail loads nothing from elsewhere and sets no colour, so that it is readable in the dark', () => {
  const { html } = report({ arrivals: { provisioned: 1 }, files: [file] });
  expect(html).not.toMatch(/<(img|link|script|iframe|style)|src=|style=|url\(/);
  expect(html).toContain('<meta name="color-scheme" content="light dark">');
});

describe('in German', () => {
  const inGerman = (change: Partial<ReportInput>) => report({ language: 'de', ...change });

  test('subject, text and HTML say everything', () => {
    const ended = sentence('processEnded');
    const told = tell('type_unmapped', { employeeType: 'X', before: null });
    const mail = inGerman({
      ...stopped,
      run: { ...quiet.run, ...stopped.run, ...ended },
      arrivals: { provisioned: 1204, needs_attention: 1, held: 1, awaiting_sync: 1, awaiting_seat: 2 },
      needHuman: [person(1, { displayName: 'Alma Alder', message: told.message, said: storedSaid(told.said) })],
      files: [
        { ...file, rejected: 3 },
        { ...rejectedFile, problem: sentence('unclosedQuote') },
        { ...file, name: 'c.csv', status: 'importing' },
      ],
      rows: [{ id: 7, name: 'a.csv:4', problem: sentence('noAt', { what: 'UserPrincipalName' }) }],
    });
    expect(mail.subject).toBe(
      'AutoProvision: Lauf gestoppt (Microsoft Graph antwortet nicht), 1.204 bereitgestellt, 1 mit Handlungsbedarf, 1 angehalten, 2 Personen warten auf eine Lizenz, 1 Datei abgelehnt, 3 Zeilen abgelehnt',
    );
    expect(
      mail.text
        .split('\n')
        .filter((line) => line !== '')
        .slice(1),
    ).toEqual([
      'Der Prozess endete mitten im Lauf. Der nächste Zyklus macht weiter, wo dieser aufgehört hat. Alles Neue seit dem letzten Bericht, Stand 23.11.2026, 09:30 UTC. Außerdem neu: 1 Person wartet auf die Synchronisierung; das geht von selbst weiter.',
      'Der EmployeeType ist nicht zugeordnet',
      expect.stringMatching(/^Was zu tun ist: /),
      expect.stringMatching(
        /^- Alma Alder \(p1@contoso\.example\): Der EmployeeType X hat keine Zuordnung, .*<https:\/\/app\.example\/people\/1>$/,
      ),
      '… und 3 weitere Personen, die zu klären sind',
      'Nicht übernommene Zeilen',
      'Was zu tun ist: Korrigieren Sie jede, oder schließen Sie sie mit einer Begründung.',
      '- a.csv:4: UserPrincipalName hat kein @ <https://app.example/rows/7>',
      '… und 4 weitere nicht übernommene Zeilen',
      'Dateien',
      '- a.csv: 10 Zeilen = 8 angenommen + 1 doppelt + 3 abgelehnt',
      expect.stringMatching(/^- b\.csv: abgelehnt: Hier beginnt ein Anführungszeichen/),
      '- c.csv: bisher 10 Zeilen (der nächste Lauf macht weiter) = 8 angenommen + 1 doppelt + 1 abgelehnt',
      'Lauf 214 <https://app.example/runs/20261123T093000Z-aaaaaa>',
    ]);
    expect(mail.html).toContain('<html lang="de">');
    expect(mail.html).toContain('>Diese Person öffnen</a></td>');
    expect(mail.html).toContain(`<title>${mail.subject}</title>`);
  });

  test('a person or a row whose sentence was stored without its facts is quoted as it was', () => {
    const needHuman = [person(1, { reason: 'safety_limit', message: 'One of too many.' })];
    const rows = [{ id: 7, name: 'a.csv:4', problem: { message: 'It has two @.' } }];
    const { text } = inGerman({ arrivals: { held: 1 }, needHuman, files: [file], rows });
    expect(text).toContain(': One of too many. <');
    expect(text).toContain('- a.csv:4: It has two @. <');
  });
});
