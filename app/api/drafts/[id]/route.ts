import { currentOperator } from '#lib/auth/operator.ts';
import { readDraftRows } from '#lib/services/drafts/drafts.ts';
import { respond } from '#lib/services/http/http.ts';

/** The rows of an upload with their verdicts. */
export function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => readDraftRows(await currentOperator(), { id: (await params).id }));
}
