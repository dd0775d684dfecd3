import { respond } from '#app/respond.ts';
import { requestLanguage } from '#components/words/words.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readPreview } from '#lib/services/drafts/draft-preview.ts';

/** How far the dry run over an upload is; null before the first. */
export function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => ({
    preview: readPreview(await currentOperator(), { id: (await params).id }, await requestLanguage()),
  }));
}
