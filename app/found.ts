/** Turns a service's "there is no such …" into the page for addresses that lead nowhere. */
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { ServiceError } from '#lib/services/http/errors.ts';
import type { ItemInput, SearchParams } from './page-input.ts';

/** For an asynchronous service the promise does the same. */
export function foundOr404<T>(read: () => T): T {
  try {
    const found = read();
    return found instanceof Promise ? (found.catch(nowhere) as T) : found;
  } catch (error) {
    return nowhere(error);
  }
}

function nowhere(error: unknown): never {
  if (error instanceof ServiceError && (error.code === 'not_found' || error.code === 'invalid')) notFound();
  throw error;
}

/** Reads an item once for both its page and the title of the window. `read` gets the id and the search parameters of the address. */
export function onceFor<T>(read: (id: string, query: SearchParams) => Promise<T>): (input: ItemInput) => Promise<T> {
  const once = cache((id: string, query: string) => read(id, JSON.parse(query)));
  return async ({ params, searchParams }) => once((await params).id, JSON.stringify(await searchParams));
}
