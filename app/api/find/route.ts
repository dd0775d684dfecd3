import { respond } from '#app/respond.ts';
import { requestLanguage } from '#components/words/words.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { findAnything } from '#lib/services/find/find.ts';
import { findPlaces } from './places.ts';

/** `GET ?q=…`: people, files and runs, settings and parts of Help. */
export function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const operator = await currentOperator();
    const q = new URL(request.url).searchParams.get('q') ?? '';
    const found = findAnything(operator, { q });
    return { ...found, places: operator === null ? [] : findPlaces(operator, q, await requestLanguage()) };
  });
}
