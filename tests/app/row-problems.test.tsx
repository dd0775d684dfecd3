import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Problems } from '#app/(console)/files/[id]/rows-table.tsx';

test('a problem names its column once', () => {
  const problems = [
    {
      column: 'UserPrincipalName',
      message: 'UserPrincipalName must not contain a space at position 5',
      lang: undefined,
    },
    { column: 'UserPrincipalName', message: 'No account at contoso.exmaple is known.', lang: undefined },
    { column: null, message: 'It has five fields.', lang: undefined },
  ];
  const text = renderToStaticMarkup(<Problems row={{ problems, changes: [] }} />).replaceAll(
    /<\/?span>|<\/?strong>/g,
    '|',
  );
  expect(text.split('|').filter(Boolean)).toEqual([
    'UserPrincipalName must not contain a space at position 5',
    'UserPrincipalName: ',
    'No account at contoso.exmaple is known.',
    'It has five fields.',
  ]);
});
