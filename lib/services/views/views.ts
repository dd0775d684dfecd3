/** Views of the people list that an operator keeps under a name, beside those that the product has. */
import { z } from 'zod';
import { deleteView, putView, type SavedView, viewsOf } from '#db/store/people/saved-views.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { newId } from '#lib/ids.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';

export type { SavedView };

const VIEWS_LIMIT = 30;

const viewInput = z.object({
  name: z.string().trim().min(1, 'give it a name').max(40, 'at most 40 characters'),
  href: z
    .string()
    .max(2000, 'this view has too many filters')
    .regex(/^\/people\?/, 'choose a filter first'),
});

/** The views of this operator, by name. */
export function listViews(operator: Operator | null): SavedView[] {
  authorise(operator, 'people:read');
  return viewsOf(database(), operator.key);
}

/** Keeps a view; one with the same name is replaced. `input`: `{ name, href }`, `href` the address of the list: `/people?…`. */
export function saveView(operator: Operator | null, input: unknown): void {
  authorise(operator, 'people:read');
  const { name, href } = parseInput(viewInput, input);
  database().transaction(
    (tx) => {
      const others = viewsOf(tx, operator.key).filter((view) => view.name !== name);
      if (others.length >= VIEWS_LIMIT) throw new ServiceError('invalid', ['tooManyViews']);
      const now = Date.now();
      putView(tx, operator.key, { id: newId(now), name, href }, now);
    },
    { behavior: 'immediate' },
  );
}

/** Forgets a view. `input`: `{ id }`. Throws `not_found`. */
export function removeView(operator: Operator | null, input: unknown): void {
  authorise(operator, 'people:read');
  const { id } = parseInput(z.object({ id: z.string().min(1).max(100) }), input);
  if (!deleteView(database(), operator.key, id)) throw new ServiceError('not_found', ['noView']);
}
