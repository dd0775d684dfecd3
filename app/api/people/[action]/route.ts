import { respond, saidOf } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { authorise, ServiceError } from '#lib/services/http/errors.ts';
import { readJson } from '#lib/services/http/http.ts';
import { PEOPLE_VERBS } from '#lib/services/people/actions/people-verbs.ts';
import { PERSON_ACTIONS } from '#lib/services/people/actions/person-actions.ts';

/** `POST /api/people/ACTION` (`PERSON_ACTIONS`) with `{ people: [{ id, revision, plan? }], why?, remember? }`. */
export function POST(request: Request, { params }: { params: Promise<{ action: string }> }): Promise<Response> {
  return respond(async () => {
    const operator = await currentOperator();
    // The services check again; here it hides from strangers which actions exist.
    authorise(operator, 'people:act');
    const { action } = await params;
    const known = PERSON_ACTIONS.find((name) => name === action);
    if (!known) throw new ServiceError('not_found', ['noAction']);
    return saidOf(PEOPLE_VERBS[known](operator, await readJson(request)));
  });
}
