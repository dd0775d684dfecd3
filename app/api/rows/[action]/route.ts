import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { authorise, ServiceError } from '#lib/services/http/errors.ts';
import { readJson } from '#lib/services/http/http.ts';
import {
  closeFileCases,
  closeRowCases,
  correctAlikeCases,
  correctRowCase,
  reopenRowCases,
} from '#lib/services/row-cases/row-case-actions.ts';
import { openAsUpload } from '#lib/services/row-cases/row-case-upload.ts';

const VERBS = new Map<string, (operator: Awaited<ReturnType<typeof currentOperator>>, input: unknown) => unknown>([
  ['correct', correctRowCase],
  ['correct-alike', correctAlikeCases],
  ['close', closeRowCases],
  ['close-file', closeFileCases],
  ['reopen', reopenRowCases],
  ['upload', openAsUpload],
]);

/**
 * `POST /api/rows/correct` with `{ id, revision, cells }`, `/correct-alike` with `{ fileId, at, pattern }`, `/close` with `{ cases: [{ id,
 * revision }], why }`, `/close-file` with `{ fileId, open, why }`, `/reopen` with `{ cases }`, `/upload` with `{ fileId }`.
 */
export function POST(request: Request, { params }: { params: Promise<{ action: string }> }): Promise<Response> {
  return respond(async () => {
    const operator = await currentOperator();
    // The services check again; here it hides from strangers which actions exist.
    authorise(operator, 'people:act');
    const verb = VERBS.get((await params).action);
    if (!verb) throw new ServiceError('not_found', ['noAction']);
    return verb(operator, await readJson(request));
  });
}
