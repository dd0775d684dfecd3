/** What lists have in common: the page in the address, the number of pages, and numbers by state. */
import { z } from 'zod';
import type { PersonState } from '#lib/domain/states.ts';

const PAGE_SIZE = 50;

/** A page number from the address; an invalid one is page one. */
export const pageSchema = z.coerce.number().int().min(1).max(1_000_000).catch(1);

/** A text from the address; empty counts as absent. */
export const textSchema = z
  .string()
  .trim()
  .max(200)
  .transform((value) => value || null)
  .nullable()
  .catch(null)
  .default(null);

export interface Page<T> {
  items: T[];
  /** Items on all pages together. */
  total: number;
  page: number;
  pageCount: number;
}

/** A page beyond the end becomes the last one. */
export function paged<T>(total: number, page: number, read: (offset: number, limit: number) => T[]): Page<T> {
  const pageCount = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const shown = Math.min(page, pageCount);
  return { items: read((shown - 1) * PAGE_SIZE, PAGE_SIZE), total, page: shown, pageCount };
}

/** A very long run shows this many people on its pages; the others are found by state, by search or in the log. */
const PAGED_LIMIT = 5000;

/** Like `paged`, for the first 5,000 only; `listed` says how many those are. */
export function pagedFirst<T>(
  total: number,
  page: number,
  read: (offset: number, limit: number) => T[],
): Page<T> & { listed: number } {
  const listed = Math.min(total, PAGED_LIMIT);
  return { ...paged(listed, page, read), total, listed };
}

/** Every state with its number, zero included. */
export function everyState(counts: ReadonlyMap<PersonState, number>): Record<PersonState, number> {
  const number = (state: PersonState) => counts.get(state) ?? 0;
  return {
    queued: number('queued'),
    awaiting_sync: number('awaiting_sync'),
    awaiting_start: number('awaiting_start'),
    awaiting_seat: number('awaiting_seat'),
    awaiting_mailbox: number('awaiting_mailbox'),
    held: number('held'),
    needs_attention: number('needs_attention'),
    provisioned: number('provisioned'),
    already_provisioned: number('already_provisioned'),
    dismissed: number('dismissed'),
  };
}
