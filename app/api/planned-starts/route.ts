import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readJson } from '#lib/services/http/http.ts';
import { planStart } from '#lib/services/starts/planned-starts.ts';

/** `POST`: see `planStart`. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => planStart(await currentOperator(), await readJson(request)));
}
