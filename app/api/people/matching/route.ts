import { respond, saidOf } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readJson } from '#lib/services/http/http.ts';
import { actOnMatching } from '#lib/services/people/actions/people-bulk.ts';

/** `POST /api/people/matching` with `{ action, matching, expected, why?, usageLocation? }`: an action on everybody of a list. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => saidOf(actOnMatching(await currentOperator(), await readJson(request))));
}
