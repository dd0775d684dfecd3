/** What lists have in common: their page in the address, how many pages there are, and numbers by state. */
import { z } from 'zod';
import type { PersonState } from '#lib/provisioning/core/states.ts';

export const PAGE_SIZE = 50;

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
