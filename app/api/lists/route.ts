import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { saveList } from '#lib/services/find/find.ts';
import { readJson } from '#lib/services/http/http.ts';

/** `POST` with `{ text }`: keeps a pasted list of people. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => saveList(await currentOperator(), await readJson(request)));
}
