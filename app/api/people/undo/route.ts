import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readJson } from '#lib/services/http/http.ts';
import { undoDismissals } from '#lib/services/people/actions/person-edits.ts';

/** `POST /api/people/undo` with `{ ids }`: takes dismissals of a moment ago back. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => undoDismissals(await currentOperator(), await readJson(request)));
}
