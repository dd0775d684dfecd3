import { respond } from '#app/respond.ts';
import { requestLanguage } from '#components/words/words.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { correctAlike, correctDraft, correctSame, matchDraftColumns } from '#lib/services/drafts/draft-corrections.ts';
import { importDraft, startPreview } from '#lib/services/drafts/draft-preview.ts';
import { discardDraft } from '#lib/services/drafts/drafts.ts';
import { authorise, ServiceError } from '#lib/services/http/errors.ts';
import { readJson } from '#lib/services/http/http.ts';

const VERBS = {
  correct: correctDraft,
  'correct-alike': correctAlike,
  'correct-same': correctSame,
  columns: matchDraftColumns,
  check: startPreview,
  'take-in': importDraft,
  discard: discardDraft,
};

/** `POST /api/drafts/<id>/correct|correct-alike|correct-same|columns|check|take-in|discard` with `{ revision, … }`. */
export function POST(
  request: Request,
  { params }: { params: Promise<{ id: string; action: string }> },
): Promise<Response> {
  return respond(async () => {
    const operator = await currentOperator();
    // The services check again; here it hides from strangers which actions exist.
    authorise(operator, 'files:upload');
    const { id, action } = await params;
    const verb = Object.entries(VERBS).find(([name]) => name === action)?.[1];
    if (!verb) throw new ServiceError('not_found', ['noAction']);
    return verb(operator, { ...Object(await readJson(request)), id }, await requestLanguage());
  });
}
