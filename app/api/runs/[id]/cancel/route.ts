import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readJson } from '#lib/services/http/http.ts';
import { cancelRun } from '#lib/services/runs/run-requests.ts';

/** "Cancel this run": `POST` with `{}`. */
export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    await readJson(request);
    return cancelRun(await currentOperator(), await params);
  });
}
