import { currentOperator } from '#lib/auth/operator.ts';
import { findAnything } from '#lib/services/find/find.ts';
import { respond } from '#lib/services/http/http.ts';

/** `GET ?q=…`: people, files and runs. */
export function GET(request: Request): Promise<Response> {
  return respond(async () =>
    findAnything(await currentOperator(), { q: new URL(request.url).searchParams.get('q') ?? '' }),
  );
}
