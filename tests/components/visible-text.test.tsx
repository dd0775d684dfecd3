import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { PersonCell } from '#components/people/person-cell.tsx';
import { VisibleText } from '#components/text/visible-text.tsx';
import { Sentence } from '#components/words/sentence.tsx';

const ROOT = path.join(import.meta.dirname, '..', '..');

test('a name that turns the direction of writing is shown with the mark, and turns nothing around it', () => {
  expect(renderToStaticMarkup(<VisibleText text={'Ann\u202Egpj'} />)).toBe('<bdi>Ann<code>‹U+202E›</code>gpj</bdi>');
  const cell = renderToStaticMarkup(<PersonCell id={null} displayName={'Ann\u200B'} userPrincipalName="a@b.example" />);
  expect(cell).toContain('‹U+200B›');
  expect(cell).not.toContain('\u200B');
});

test('any other text is only itself', () => {
  expect(renderToStaticMarkup(<VisibleText text="Jürgen & Söhne" />)).toBe('Jürgen &amp; Söhne');
});

test('a sentence that holds words of others is shown so on every page', () => {
  const sentence = <Sentence message={'The name ‮nnA was licensed.'} lang={undefined} />;
  expect(renderToStaticMarkup(sentence)).toContain('<code>‹U+202E›</code>nnA was');
  const shownPlain = globSync(['app/**/*.tsx', 'components/**/*.tsx'], { cwd: ROOT }).filter((file) =>
    /(?<![=$])\{(?:\w+\.)+message\}/.test(readFileSync(path.join(ROOT, file), 'utf8')),
  );
  expect(shownPlain).toEqual([]);
});
