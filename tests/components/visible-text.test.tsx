import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { PersonCell } from '#components/people/person-cell.tsx';
import { VisibleText } from '#components/text/visible-text.tsx';

test('a name that turns the direction of writing is shown with the mark, and turns nothing around it', () => {
  expect(renderToStaticMarkup(<VisibleText text={'Ann\u202Egpj'} />)).toBe('<bdi>Ann<code>‹U+202E›</code>gpj</bdi>');
  const cell = renderToStaticMarkup(<PersonCell id={null} displayName={'Ann\u200B'} userPrincipalName="a@b.example" />);
  expect(cell).toContain('‹U+200B›');
  expect(cell).not.toContain('\u200B');
});

test('any other text is only itself', () => {
  expect(renderToStaticMarkup(<VisibleText text="Jürgen & Söhne" />)).toBe('Jürgen &amp; Söhne');
});
