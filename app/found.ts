/** Turns a service's "there is no such …" into the page for addresses that lead nowhere. */
import { notFound } from 'next/navigation';
import { ServiceError } from '#lib/services/errors.ts';

export function foundOr404<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ServiceError && (error.code === 'not_found' || error.code === 'invalid')) notFound();
    throw error;
  }
}
