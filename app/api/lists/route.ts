import { currentOperator } from '#lib/auth/operator.ts';
import { keepList } from '#lib/services/find/find.ts';
import { readJson, respond } from '#lib/services/http/http.ts';

/** `POST` with `{ text }`: keeps a pasted list of people. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => keepList(await currentOperator(), await readJson(request)));
}
