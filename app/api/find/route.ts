import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { findAnything } from '#lib/services/find/find.ts';

/** `GET ?q=…`: people, files and runs. */
export function GET(request: Request): Promise<Response> {
  return respond(async () =>
    findAnything(await currentOperator(), { q: new URL(request.url).searchParams.get('q') ?? '' }),
  );
}
