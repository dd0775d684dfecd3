import { currentOperator } from '#lib/auth/operator.ts';
import { readJson, respond } from '#lib/services/http/http.ts';
import { publishMapping } from '#lib/services/mappings/mapping-changes.ts';

/** `POST`: see `publishMapping`. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => publishMapping(await currentOperator(), await readJson(request)));
}
