import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readJson } from '#lib/services/http/http.ts';
import { previewRemoval } from '#lib/services/mappings/mapping-removal.ts';

/** `POST`: see `previewRemoval`. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => previewRemoval(await currentOperator(), await readJson(request)));
}
