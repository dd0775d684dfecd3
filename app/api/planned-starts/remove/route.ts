import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readJson } from '#lib/services/http/http.ts';
import { unplanStart } from '#lib/services/starts/planned-starts.ts';

/** `POST`: see `unplanStart`. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => unplanStart(await currentOperator(), await readJson(request)));
}
