/** Turns a service's "there is no such …" into the page for addresses that lead nowhere. */
import { notFound } from 'next/navigation';
import { ServiceError } from '#lib/services/http/errors.ts';

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
