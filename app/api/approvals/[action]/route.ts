import { respond, saidOf } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { approveGroup, rejectGroup } from '#lib/services/approvals/approvals.ts';
import { authorise, ServiceError } from '#lib/services/http/errors.ts';
import { readJson } from '#lib/services/http/http.ts';

/** `POST /api/approvals/approve|reject` with `{ run, reason, people, version, why? }`: everybody of a group. */
export function POST(request: Request, { params }: { params: Promise<{ action: string }> }): Promise<Response> {
  return respond(async () => {
    const operator = await currentOperator();
    // The services check again; here it hides from strangers which actions exist.
    authorise(operator, 'people:approve');
    const { action } = await params;
    if (action === 'approve') return saidOf(approveGroup(operator, await readJson(request)));
    if (action === 'reject') return saidOf(rejectGroup(operator, await readJson(request)));
    throw new ServiceError('not_found', ['noAction']);
  });
}
