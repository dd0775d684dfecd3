import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readReviewProgress } from '#lib/services/drafts/drafts.ts';

/** How many rows of an upload have been read for its review. */
export function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => readReviewProgress(await currentOperator(), { id: (await params).id }));
}
