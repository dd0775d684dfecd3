import { beforeEach, expect, test } from 'vitest';
import { savedViews } from '#db/schema/operators.ts';
import { listViews, removeView, saveView } from '#lib/services/views/views.ts';
import { openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const viewer = operator('Viewer');
const href = '/people?state=held&q=a%20b';

beforeEach(() => void db.delete(savedViews).run());

test('a view is kept for the operator who saved it, by name; the same name replaces it', () => {
  saveView(viewer, { name: ' Mine ', href });
  saveView(viewer, { name: 'Held', href });
  saveView(viewer, { name: 'Mine', href: '/people?mine=1' });
  expect(listViews(viewer)).toMatchObject([
    { name: 'Held', href },
    { name: 'Mine', href: '/people?mine=1' },
  ]);
  expect(listViews(operator('Admin'))).toEqual([]);
});

test('nobody forgets the view of somebody else', () => {
  saveView(viewer, { name: 'Held', href });
  const [view] = listViews(viewer);
  expect(() => removeView(operator('Admin'), { id: view?.id })).toThrow('There is no such view.');
  removeView(viewer, { id: view?.id });
  expect(listViews(viewer)).toEqual([]);
});

test.each([
  [{ name: ' ', href }, /give it a name/],
  [{ name: 'x'.repeat(41), href }, /at most 40 characters/],
  [{ name: 'Elsewhere', href: 'https://elsewhere.example/people?x=1' }, /choose a filter first/],
  [{ name: 'Elsewhere', href: '/people' }, /choose a filter first/],
])('is refused in words: %j', (input, message) => {
  expect(() => saveView(viewer, input)).toThrow(message);
  expect(listViews(viewer)).toEqual([]);
});

test('somebody keeps at most 30', () => {
  for (let n = 0; n < 30; n += 1) saveView(viewer, { name: `View ${n}`, href });
  expect(() => saveView(viewer, { name: 'One more', href })).toThrow('30 views, which is the limit');
  saveView(viewer, { name: 'View 3', href: '/people?q=x' });
  expect(listViews(viewer)).toHaveLength(30);
});
