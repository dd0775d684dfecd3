import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readJson } from '#lib/services/http/http.ts';
import { startRun } from '#lib/services/runs/run-requests.ts';

/** "Run now": `POST` with `{ dryRun?, checkAll? }`. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => startRun(await currentOperator(), await readJson(request)));
}
