/** What lists have in common: their page in the address, how many pages there are, and numbers by state. */
import { z } from 'zod';
import type { PersonState } from '#lib/domain/states.ts';

const PAGE_SIZE = 50;

/** A page number from the address; nonsense is page one. */
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

/** People on all pages of what a very long run did: whoever is further back is found by state, by search or in the log. */
const FIRST = 5000;

/** As `paged`, of the first 5,000 alone; `listed` says how many that are. */
export function pagedFirst<T>(
  total: number,
  page: number,
  read: (offset: number, limit: number) => T[],
): Page<T> & { listed: number } {
  const listed = Math.min(total, FIRST);
  return { ...paged(listed, page, read), total, listed };
}

/** Every state with its number, zero included. */
export function everyState(counts: ReadonlyMap<PersonState, number>): Record<PersonState, number> {
  const number = (state: PersonState) => counts.get(state) ?? 0;
  return {
    queued: number('queued'),
    awaiting_sync: number('awaiting_sync'),
    awaiting_seat: number('awaiting_seat'),
    awaiting_mailbox: number('awaiting_mailbox'),
    held: number('held'),
    needs_attention: number('needs_attention'),
    provisioned: number('provisioned'),
    already_provisioned: number('already_provisioned'),
    dismissed: number('dismissed'),
  };
}
