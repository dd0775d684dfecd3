/** The last reviews that pages have been given, as prints: so that each is told only what has changed since. */
import type { Prints } from '#lib/intake/draft/review-delta.ts';

/** A long upload takes half a megabyte here. */
const REMEMBERED = 12;

/** The one used last stands last. */
const reviews = new Map<string, Prints>();

/** Null where it is not remembered any more: then the whole review is told. */
export function seenReview(reviewId: string | null): Prints | null {
  return reviewId === null ? null : (reviews.get(reviewId) ?? null);
}

export function rememberReview(reviewId: string, prints: Prints): void {
  reviews.delete(reviewId);
  reviews.set(reviewId, prints);
  const [oldest] = reviews.keys();
  if (reviews.size > REMEMBERED && oldest !== undefined) reviews.delete(oldest);
}
