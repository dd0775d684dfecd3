import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { authorise, ServiceError } from '#lib/services/http/errors.ts';
import { readJson } from '#lib/services/http/http.ts';
import { endSession, endSessionsOf, signOutEverywhere, stayActive } from '#lib/services/sessions/sessions.ts';

const VERBS = new Map<string, (operator: Awaited<ReturnType<typeof currentOperator>>, input: unknown) => unknown>([
  ['end', endSession],
  ['end-all', endSessionsOf],
  ['sign-out-everywhere', signOutEverywhere],
  ['seen', stayActive],
]);

/** `POST /api/sessions/end` with `{ id }`, `/end-all` of whoever that session belongs to, `/sign-out-everywhere` and `/seen` with `{}`. */
export function POST(request: Request, { params }: { params: Promise<{ action: string }> }): Promise<Response> {
  return respond(async () => {
    const operator = await currentOperator();
    // The services check again; here it hides from strangers which actions exist.
    authorise(operator, 'sessions:own');
    const verb = VERBS.get((await params).action);
    if (!verb) throw new ServiceError('not_found', ['noAction']);
    return verb(operator, await readJson(request)) ?? {};
  });
}
