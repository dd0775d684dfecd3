import { respond } from '#app/respond.ts';
import { requestLanguage } from '#components/words/words.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readDraftRows } from '#lib/services/drafts/drafts.ts';

/** The rows of an upload with their verdicts; with `?seen=<reviewId>` those that have changed since. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    const seen = new URL(request.url).searchParams.get('seen');
    return readDraftRows(await currentOperator(), { id: (await params).id, seen }, await requestLanguage());
  });
}
