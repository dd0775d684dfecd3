import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { settingsSchema } from '#lib/domain/settings.ts';
import { parseInput } from '#lib/services/http/errors.ts';
import { inputProblemIn } from '#lib/services/http/input-problem.ts';

const schema = z.object({
  name: z.string().min(1).max(3),
  days: z.number().int().min(1).max(90),
  kinds: z.array(z.enum(['a', 'b'])).min(1),
  day: z.string().regex(/^\d+$/),
  own: z.string().regex(/^x$/, 'an x'),
});
const good = { name: 'Ada', days: 3, kinds: ['a'], day: '1', own: 'x' };

test.each([
  [{ name: undefined }, 'name: is missing'],
  [{ name: 5 }, 'name: must be a text'],
  [{ name: '' }, 'name: must not be empty'],
  [{ name: 'Anna' }, 'name: must have at most 3 characters'],
  [{ days: 0 }, 'days: must be at least 1'],
  [{ days: 91 }, 'days: must be at most 90'],
  [{ days: 1.5 }, 'days: must be a whole number'],
  [{ days: 'three' }, 'days: must be a number'],
  [{ kinds: [] }, 'kinds: must have at least 1 entry'],
  [{ kinds: ['c'] }, 'kinds.0: must be one of a, b'],
  [{ day: 'Monday' }, 'day: is not in the right format'],
  [{ own: 'y' }, 'own: an x'],
])('%j is refused in plain words', (change, sentence) => {
  expect(() => parseInput(schema, { ...good, ...change })).toThrow(expect.objectContaining({ message: sentence }));
});

test('no setting of a wrong kind brings the words of the validator onto a page', () => {
  const values = [undefined, null, 5, -1, 1.5, 1e12, '', 'x'.repeat(3), [], [5], {}, { days: [9] }, true, Number.NaN];
  for (const key of Object.keys(settingsSchema.shape))
    for (const value of values)
      try {
        parseInput(settingsSchema.partial().strict(), { [key]: value });
      } catch (error) {
        expect(String(error)).not.toMatch(/Invalid|expected|received|Too (small|big)|Unrecognized/);
      }
});

test.each([
  ['must be a whole number from 0 to 1,000,000', 'muss eine ganze Zahl von 0 bis 1.000.000 sein'],
  ['must have at least 1 entry', 'muss mindestens 1 Eintrag haben'],
  [
    'must be an absolute path, for example /srv/idm or \\\\server\\share\\idm',
    expect.stringMatching(/^muss ein abs.*\\\\server/),
  ],
  ['a sentence of another program', 'a sentence of another program'],
])('%s, in German', (problem, german) => {
  expect(inputProblemIn('de', problem)).toEqual(german);
});

/** What schemas say themselves: the text after a limit, a pattern or a rule. */
const OWN = /(?:min|max|regex|refine|union)\((?:[^'"`()]|\([^()]*\))*, ('[^']+')\)/g;

test('whatever a schema says of an input is in the dictionary', () => {
  const files = ['lib/services', 'lib/domain'].flatMap((folder) => globSync(`${folder}/**/*.ts`));
  const said = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(OWN)].map(([, text = '']) => text.slice(1, -1).replaceAll('\\\\', '\\')),
  );
  expect(said.length).toBeGreaterThan(20);
  expect(said.filter((text) => inputProblemIn('de', text) === text)).toEqual([]);
});
