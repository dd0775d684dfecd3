import { currentOperator } from '#lib/auth/operator.ts';
import { authorise, ServiceError } from '#lib/services/http/errors.ts';
import { readJson, respond } from '#lib/services/http/http.ts';
import {
  approvePeople,
  dismissPeople,
  licensePeopleAnyway,
  licensePeopleNow,
  rejectPeople,
  reopenPeople,
  retryPeople,
} from '#lib/services/people/people-moves.ts';
import { PERSON_ACTIONS, type PersonAction } from '#lib/services/people/person-actions.ts';

const VERBS = {
  license_now: licensePeopleNow,
  license_anyway: licensePeopleAnyway,
  retry: retryPeople,
  approve: approvePeople,
  reject: rejectPeople,
  dismiss: dismissPeople,
  reopen: reopenPeople,
} satisfies Record<PersonAction, unknown>;

/** `POST /api/people/license_now|license_anyway|retry|approve|reject|dismiss|reopen` with `{ people: [{ id, revision, plan? }], why?, remember? }`. */
export function POST(request: Request, { params }: { params: Promise<{ action: string }> }): Promise<Response> {
  return respond(async () => {
    const operator = await currentOperator();
    // The services check again; here it hides from strangers which actions exist.
    authorise(operator, 'people:act');
    const { action } = await params;
    const known = PERSON_ACTIONS.find((name) => name === action);
    if (!known) throw new ServiceError('not_found', 'There is no such action.');
    return VERBS[known](operator, await readJson(request));
  });
}
