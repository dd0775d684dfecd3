/** Find, asked as people ask: any order of words, other spellings, slips, pasted lists; before and in the index. */
import { expect, test } from 'vitest';
import { intakeRows } from '#db/schema/files.ts';
import { listNames } from '#db/store/people/lists.ts';
import { indexNextPeople } from '#db/store/search/search-index.ts';
import { queryWords, searchWords } from '#lib/domain/text/search-words.ts';
import { findAnything, saveList } from '#lib/services/find/find.ts';
import { addFile, addRun, openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const helpdesk = operator('Operator');
const add =
  db.$client.prepare(`insert into people (upn_key, user_principal_name, display_name, employee_type, employee_type_key,
  state, state_since, reason, message, first_seen_at) values (lower(@upn), @upn, @name, 'E', 'e', 'queued', 1, 'queued', '', 1)`);
for (const [name, upn] of [
  ['Alder, Alma', 'alma.alder@contoso.example'],
  ['Jürgen Müller', 'juergen.mueller@contoso.example'],
  ['Jo Mueller', 'jo@contoso.example'],
  ['Kim Muller', 'kim@contoso.example'],
  ['Zoe Zinnia', 'zoe@contoso.example'],
  ['Sean O’Brien-Straße', 'sean@contoso.example'],
  ['Søren Ångström', 'soren@contoso.example'],
  ['Łucja Żak', 'lucja@contoso.example'],
])
  add.run({ name, upn });

const people = (q: string) => findAnything(helpdesk, { q }).people.map(({ displayName }) => displayName);

const ASKED: [string, string[]][] = [
  ['Alma Alder', ['Alder, Alma']],
  ['alder alma', ['Alder, Alma']],
  ['ALMA.ALDER@CONTOSO.EXAMPLE', ['Alder, Alma']],
  ['muller', ['Kim Muller', 'Jo Mueller', 'Jürgen Müller']],
  ['Mueller', ['Kim Muller', 'Jo Mueller', 'Jürgen Müller']],
  ['Müller', ['Kim Muller', 'Jo Mueller', 'Jürgen Müller']],
  ['obrien strasse', ['Sean O’Brien-Straße']],
  ['Soeren Angstrom', ['Søren Ångström']],
  ['lucja zak', ['Łucja Żak']],
  ['Zoe Zinnia <zoe@contoso.example>', ['Zoe Zinnia']],
  ['mailto:zoe@contoso.example', ['Zoe Zinnia']],
  ['"Zinnia, Z." <zoe@contoso.example>', ['Zoe Zinnia']],
];

for (const isIndexed of [false, true]) {
  const when = isIndexed ? 'in the index' : 'before it is indexed';

  test(`a person is found by its words, in any order and spelling, ${when}`, () => {
    if (isIndexed) while (indexNextPeople(db));
    for (const [q, names] of ASKED) expect([q, people(q)]).toEqual([q, names]);
    expect(findAnything(helpdesk, { q: 'Alma Alder' }).people).toMatchObject([{ match: 'name' }]);
  });

  test(`one slip, and the address at another domain, are forgiven and said, ${when}`, () => {
    if (isIndexed) while (indexNextPeople(db));
    for (const [q, name] of [
      ['Zinia', 'Zoe Zinnia'],
      ['Zinnja', 'Zoe Zinnia'],
      ['Zinniab', 'Zoe Zinnia'],
      ['Zninia', 'Zoe Zinnia'],
      ['amla alder', 'Alder, Alma'],
      ['Alma Aldre', 'Alder, Alma'],
      ['Amla', 'Alder, Alma'],
      // In the middle of a short word.
      ['Alqer', 'Alder, Alma'],
      ['Aler', 'Alder, Alma'],
      ['Alxa Alder', 'Alder, Alma'],
      ['Alba', 'Alder, Alma'],
      ['Zxe Zinnia', 'Zoe Zinnia'],
      ['zoe@fabrikam.example', 'Zoe Zinnia'],
      ['alma.alder@contoso.onmicrosoft.com', 'Alder, Alma'],
    ] as const) {
      const { people: found } = findAnything(helpdesk, { q });
      expect([q, found.map(({ displayName, match }) => [displayName, match])]).toEqual([q, [[name, 'similar']]]);
    }
    expect(people('Zanbia')).toEqual([]);
  });
}

test('whoever has another first or family name here than the caller says is offered as similar, where few have the other one', () => {
  const offered = (q: string) => findAnything(helpdesk, { q }).people.map((one) => [one.displayName, one.match]);
  expect(offered('Susi Zinnia')).toEqual([['Zoe Zinnia', 'similar']]);
  expect(offered('Zinnia, Susi')).toEqual([['Zoe Zinnia', 'similar']]);
  expect(offered('Zoe Zinnia-Bloom')).toEqual([['Zoe Zinnia', 'similar']]);
  expect(offered('Johnny O’Brien-Straße')).toEqual([['Sean O’Brien-Straße', 'similar']]);
  // Of two people a word each.
  expect(offered('Alma Zinnia')).toEqual([
    ['Zoe Zinnia', 'similar'],
    ['Alder, Alma', 'similar'],
  ]);
  // A part of a word is no name, nobody is called by one letter, and what stands here is no name but a sentence.
  expect(offered('Susi Zinn')).toEqual([]);
  expect(offered('Susanne Z')).toEqual([]);
  expect(offered('the mailbox of Zinnia is missing')).toEqual([]);
  // A name that many share tells nothing.
  for (let n = 0; n < 7; n += 1) add.run({ name: `Max${n} Cedar`, upn: `max${n}@contoso.example` });
  expect(offered('Susi Cedar')).toEqual([]);
  db.$client.exec(`delete from people where display_name like '%Cedar'`);
});

test('a pasted list holds whom its names and addresses mean, and the rest as it was pasted', () => {
  const { id, names } = saveList(helpdesk, {
    text: 'Alma Alder\nmuller\nghost person\nZoe Zinnia\tzoe@fabrikam.example\nnobody@contoso.example\n',
  });
  expect(names).toBe(5);
  expect(listNames(db, id)).toEqual([
    'alma.alder@contoso.example',
    'juergen.mueller@contoso.example',
    'jo@contoso.example',
    'kim@contoso.example',
    'ghost person',
    'zoe@contoso.example',
    'nobody@contoso.example',
  ]);
  expect(() => saveList(helpdesk, { text: 'only one name' })).toThrow('This text names nobody');
  const many = Array.from({ length: 301 }, (_, n) => `Person ${n}`).join('\n');
  expect(() => saveList(helpdesk, { text: many })).toThrow('At most 300 names without an address');
});

test('a letter that is two in lower case, a null and long texts are words like others', () => {
  expect(searchWords('İnci', 'inci@x')).toBe('inci inci@x');
  expect(queryWords('a\0b  A.  -  ')).toEqual([['a'], ['b']]);
  expect(queryWords(Array.from({ length: 50 }, (_, n) => `w${n}`).join(' '))).toHaveLength(8);
});

test('whom nobody knows by name is found by another cell of the row, letters of any case, after similar names', () => {
  const fileId = addFile(db, { header: 'CN,UserPrincipalName,EmployeeType,PersNr,Nickname' }, []);
  const idOf = db.$client.prepare<[string], { id: number }>('select id from people where upn_key = ?');
  for (const [line, raw] of [
    'Zoe Zinnia,zoe@contoso.example,E,00471123,Sunny',
    'Kim Muller,kim@contoso.example,E,00471124,ÖZI',
    // No person came of it.
    'No One,,E,00471125,',
  ].entries()) {
    const personId = idOf.get(raw.split(',')[1] ?? '')?.id ?? null;
    const verdict = personId === null ? 'rejected' : 'accepted';
    db.insert(intakeRows)
      .values({ fileId, line: line + 2, raw, verdict, personId })
      .run();
  }
  const found = (q: string) =>
    findAnything(helpdesk, { q }).people.map(({ displayName, match }) => [displayName, match]);
  expect(found('471123')).toEqual([['Zoe Zinnia', 'row']]);
  expect(found('özi')).toEqual([['Kim Muller', 'row']]);
  expect(found('sunny 0047')).toEqual([['Zoe Zinnia', 'row']]);
  expect(found('00471125')).toEqual([]);
  // Two letters stand in almost every row.
  expect(found('zq')).toEqual([]);
  expect(found('Zoe')).toEqual([['Zoe Zinnia', 'name']]);
});

test('a run is found by its number', () => {
  for (const id of ['r1', 'r2']) addRun(db, id);
  for (const q of ['2', 'Run 2', 'run 2', '#2'])
    expect(findAnything(helpdesk, { q }).runs).toMatchObject([{ id: 'r2' }]);
  expect(findAnything(helpdesk, { q: 'Run 3' }).runs).toEqual([]);
});

test('one operator pastes at most 20 MB of lists a day, because lists are kept for good', () => {
  const greedy = { ...operator('Viewer'), name: 'Greedy' };
  const text = Array.from({ length: 20 }, (_, n) => `${'x'.repeat(24_000)}${n}@contoso.example`).join('\n');
  let lists = 0;
  const pasteAll = () => {
    for (; lists < 100; lists += 1) saveList(greedy, { text });
  };
  expect(pasteAll).toThrow('more lists today than are kept');
  expect(lists).toBeGreaterThan(40);
  expect(saveList({ ...greedy, name: 'Modest' }, { text }).names).toBe(20);
});
