import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { findInGuides, readGuides } from '#app/(console)/help/guides.ts';
import { Markdown } from '#app/(console)/help/markdown.tsx';
import { toSections } from '#app/(console)/help/sections.ts';
import { HELP_TOPICS, reasonHelp } from '#components/layout/help-topics.ts';
import { STATE_ORDER } from '#components/people/state-labels.ts';
import { SECTIONS } from '#components/setup/settings-sections.ts';
import { describeReason, REASONS, RUN_REASONS } from '#lib/domain/reasons/reasons.ts';
import { ENGLISH } from '#lib/words/english.ts';
import { GERMAN } from '#lib/words/german.ts';
import { pages } from '#tests/support/app/routes.ts';
import { operator } from '#tests/support/services-world.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const CONSOLE = path.join(ROOT, 'app', '(console)');
const read = (...parts: string[]) => readFileSync(path.join(ROOT, ...parts), 'utf8');

const guides = readGuides(operator('Viewer'), 'en');
const german = readGuides(operator('Viewer'), 'de');
const anchors = new Set(
  guides.flatMap(({ name, sections }) => sections.map(({ anchor }) => `/help/${name}#${anchor}`)),
);
const guideNames = guides.map(({ name }) => `/help/${name}`);

describe.each([...guides, ...german])('the guide $name, $title', ({ name, sections }) => {
  const html = renderToStaticMarkup(sections.map(({ anchor, body }) => <Markdown key={anchor} tokens={body} />));
  const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href ?? '');

  test('has a title, parts below it and no heading deeper than help shows', () => {
    expect(sections.map(({ depth }) => depth)).toEqual([
      1,
      ...sections.slice(1).map(({ depth }) => (depth > 2 ? 3 : 2)),
    ]);
    expect(sections.length).toBeGreaterThan(5);
  });

  test('leads nowhere that does not exist', () => {
    const known = new Set([...pages(), ...guideNames, ...anchors]);
    const inside = links.filter((href) => !href.startsWith('https://'));
    const whole = inside.map((href) => (href.startsWith('#') ? `/help/${name}${href}` : href.replace(/\?.*$/, '')));
    expect(whole.filter((href) => !known.has(href))).toEqual([]);
  });
});

test('every page of the console says which part of Help explains it, and every part is there', () => {
  const sources = readdirSync(CONSOLE, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(page|error|not-found)\.tsx$/.test(file) && !file.startsWith('help'))
    .map((file) => readFileSync(path.join(CONSOLE, file), 'utf8'));
  const topics = sources.map((source) => [...source.matchAll(/help="(\w+)"/g)].map(([, topic]) => topic));
  expect(topics.filter((named) => named.length === 0)).toEqual([]);
  expect([...new Set(topics.flat())].sort()).toEqual(Object.keys(HELP_TOPICS).sort());
  expect(Object.values(HELP_TOPICS).filter((address) => !anchors.has(address))).toEqual([]);
});

test('every reason has its paragraph, with cause, fix and who can fix it', () => {
  const sections = guides.find(({ name }) => name === 'reasons')?.sections ?? [];
  for (const code of Object.keys(REASONS)) {
    const { title, fix } = describeReason(code);
    expect(anchors).toContain(reasonHelp(code));
    const section = sections.find(({ anchor }) => anchor === code);
    const text = renderToStaticMarkup(<Markdown tokens={section?.body ?? []} />);
    expect(section?.title).toBe(title);
    expect(text).toContain('State:');
    expect(text).toContain('Who can fix it:');
    expect(text).toContain(fix ?? 'Nothing.');
  }
  const all = renderToStaticMarkup(sections.map(({ anchor, body }) => <Markdown key={anchor} tokens={body} />));
  expect(Object.values(RUN_REASONS).filter((words) => !all.includes(words))).toEqual([]);
});

describe.each(['helpdesk', 'administrators'])('the German guide %s', (name) => {
  const [english, translated] = [read('public', 'help', `${name}.md`), read('public', 'help', 'de', `${name}.md`)];
  const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found).toSorted();

  test('has the sections of the English one in their order, so that every link to them works', () => {
    const [sections, own] = [guides, german].map((of) => of.find((guide) => guide.name === name)?.sections.slice(1));
    expect(own?.map(({ anchor }) => anchor)).toEqual(sections?.map(({ anchor }) => anchor));
  });

  test('names what the English one names: variables, files, commands and links', () => {
    for (const pattern of [/`([^`\n]+)`/g, /\]\(([^)]+)\)/g])
      expect(all(translated, pattern)).toEqual(all(english, pattern));
  });
});

test('a guide that is not translated is in English, and says so', () => {
  const languages = (language: 'de' | 'en-x-pseudo') =>
    readGuides(operator('Viewer'), language).map((guide) => guide.language);
  expect(languages('en-x-pseudo')).toEqual(['en', 'en', 'en-x-pseudo']);
  expect(languages('de')).toEqual(['de', 'de', 'de']);
});

test('the helpdesk guide explains every state by the word that pages use', () => {
  const guide = read('public', 'help', 'helpdesk.md');
  expect(STATE_ORDER.filter((state) => !guide.includes(`| **${ENGLISH.states[state]}** |`))).toEqual([]);
  const translated = read('public', 'help', 'de', 'helpdesk.md');
  expect(STATE_ORDER.filter((state) => !translated.includes(`| **${GERMAN.states[state]}** |`))).toEqual([]);
});

test('what a guide sets in bold is called just so on a page', () => {
  const sources = ['app', 'components', 'lib'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('help'))
      .map((file) => read(folder, file)),
  );
  const pagesText = sources.join('\n').replace(/\s+/g, ' ');
  // A whole sentence in bold begins an entry of a list.
  const bold = ['helpdesk.md', 'administrators.md', 'de/helpdesk.md', 'de/administrators.md'].flatMap((name) =>
    [...read('public', 'help', name).matchAll(/\*\*([^*]+)\*\*/g)].map(([, words]) => words ?? ''),
  );
  const labels = bold.filter((words) => !words.endsWith('.'));
  expect(labels.length).toBeGreaterThan(30);
  expect(labels.filter((words) => !pagesText.includes(words))).toEqual([]);
});

const administrators = read('public', 'help', 'administrators.md');

test('the guide for administrators explains exactly the environment variables that are read', () => {
  const names = (text: string, pattern: RegExp) => new Set([...text.matchAll(pattern)].map(([, name]) => name));
  const env = read('lib', 'env.ts');
  const isRead = names(env, /^ {2}([A-Z][A-Z0-9_]+): /gm);
  const [, secrets = ''] = /^const SECRETS = \[(.*)\]/m.exec(env) ?? [];
  for (const name of names(secrets, /'(\w+)'/g)) isRead.add(`${name}_FILE`);
  const [, table = ''] = /## Environment variables\n([\s\S]*?)\n## /.exec(administrators) ?? [];
  const explained = names(
    table.replace(/^(\|[^|]*\|).*$/gm, (_, cell: string) => cell),
    /`([A-Z][A-Z0-9_]+)`/g,
  );
  expect([...explained].sort()).toEqual([...isRead].sort());
  const named = names(read('.env.example'), /^#? ?([A-Z][A-Z0-9_]+)=/gm);
  expect([...named].filter((name) => !isRead.has(name))).toEqual([]);
});

test('the guide for administrators knows every section of Settings, every role and every command', () => {
  expect(
    SECTIONS.filter((section) => !administrators.includes(`| ${ENGLISH.navigation[`section.${section}`]} |`)),
  ).toEqual([]);
  const translated = read('public', 'help', 'de', 'administrators.md');
  expect(SECTIONS.filter((section) => !translated.includes(`| ${GERMAN.navigation[`section.${section}`]} |`))).toEqual(
    [],
  );
  const [, usage = ''] = /const USAGE = `Usage: [^\n]*\n([^`]*)`/.exec(read('lib', 'cli', 'main.ts')) ?? [];
  const commands = usage.split('\n').map((line) => line.trim().split(/\s+/)[0] ?? '');
  expect(commands.length).toBeGreaterThan(3);
  expect(commands.filter((command) => !administrators.includes(`npm run cli -- ${command}`))).toEqual([]);
});

test.each([
  ['English', guides],
  ['German', german],
])('an address of a part that was called otherwise still leads there, %s', (_language, read) => {
  const sections = read.find(({ name }) => name === 'helpdesk')?.sections ?? [];
  expect(sections.find(({ formerAnchors }) => formerAnchors.includes('rows-that-stayed-out'))?.anchor).toBe(
    'rows-not-imported',
  );
  expect(() => toSections('# Title\n\n## One {#one #two}\n\n## Two')).toThrow('#two is there twice');
});

test('words are found wherever they stand, those in a title first', () => {
  const [first] = findInGuides(guides, 'free SEAT');
  expect(first).toMatchObject({ title: REASONS.no_seat.title, href: reasonHelp('no_seat') });
  expect(first?.excerpt).toMatch(/^(?:… \S|[A-Z]).*(?:\.| …)$/);
  expect(findInGuides(guides, 'AZURE_CLIENT_SECRET')[0]?.href).toMatch(/^\/help\/administrators#/);
  expect(findInGuides(guides, 'zebra crossing')).toEqual([]);
  expect(findInGuides(guides, '   ')).toEqual([]);
});

test('HTML in a guide is refused, not shown', () => {
  const shown = (text: string) =>
    renderToStaticMarkup(toSections(`# Title\n\n${text}`).map(({ body }) => <Markdown key="body" tokens={body} />));
  expect(() => shown('<script>alert(1)</script>')).toThrow(/does not show/);
  expect(() => shown('Some <b>bold</b> words')).toThrow(/does not show/);
  expect(() => shown('[a link](javascript:alert(1))')).toThrow(/links to/);
  expect(shown('5 < 6 & `<b>`')).toBe('<p>5 &lt; 6 &amp; <code>&lt;b&gt;</code></p>');
});
