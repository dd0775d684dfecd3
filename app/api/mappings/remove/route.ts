import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readJson } from '#lib/services/http/http.ts';
import { removeMapping } from '#lib/services/mappings/mapping-removal.ts';

/** `POST`: see `removeMapping`. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => removeMapping(await currentOperator(), await readJson(request)));
}
