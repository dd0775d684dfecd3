import { respond } from '#app/respond.ts';
import { requestLanguage } from '#components/words/words.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readJson } from '#lib/services/http/http.ts';
import { previewMapping } from '#lib/services/mappings/mapping-changes.ts';

/** `POST`: see `previewMapping`. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => previewMapping(await currentOperator(), await readJson(request), await requestLanguage()));
}
