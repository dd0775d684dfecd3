import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readJson } from '#lib/services/http/http.ts';
import { editPersonValues } from '#lib/services/people/actions/person-edits.ts';

/** `POST /api/people/edit` with `{ id, revision, userPrincipalName, employeeType, usageLocation }`. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => editPersonValues(await currentOperator(), await readJson(request)));
}
