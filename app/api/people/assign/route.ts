import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readJson } from '#lib/services/http/http.ts';
import { takeOnPerson } from '#lib/services/people/actions/person-edits.ts';

/** `POST /api/people/assign` with `{ id, isOnIt, takesOver? }`: "I'm on it". */
export function POST(request: Request): Promise<Response> {
  return respond(async () => {
    takeOnPerson(await currentOperator(), await readJson(request));
    return {};
  });
}
