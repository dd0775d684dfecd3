import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readJson } from '#lib/services/http/http.ts';
import { requestReRun } from '#lib/services/runs/run-requests.ts';

/** A re-run: `POST` with `{ of: { runId } | { fileId }, kind, people?, expected, mapping? }`. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => requestReRun(await currentOperator(), await readJson(request)));
}
