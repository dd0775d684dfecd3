import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readJson } from '#lib/services/http/http.ts';
import { notePerson } from '#lib/services/people/actions/person-edits.ts';

/** `POST /api/people/note` with `{ id, note }`. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => {
    notePerson(await currentOperator(), await readJson(request));
    return {};
  });
}
