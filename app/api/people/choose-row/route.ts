import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readJson } from '#lib/services/http/http.ts';
import { chooseRow } from '#lib/services/people/actions/row-choice.ts';

/** `POST /api/people/choose-row` with `{ id, revision, fileId, line }`. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => chooseRow(await currentOperator(), await readJson(request)));
}
