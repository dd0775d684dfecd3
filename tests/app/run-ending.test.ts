import { expect, test } from 'vitest';
import { endingTitle } from '#app/(console)/runs/run-labels.ts';

const TITLE = 'Microsoft Graph is not responding';

test('a run says once why it ended early', () => {
  expect(endingTitle(TITLE, `${TITLE}: Graph answered 400.`)).toBeNull();
  expect(endingTitle(TITLE, 'The request took too long.')).toBe(TITLE);
  expect(endingTitle(null, 'Anything.')).toBeNull();
});
