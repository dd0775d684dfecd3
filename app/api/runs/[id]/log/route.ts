import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { download } from '#lib/services/http/http.ts';
import { readRunLog } from '#lib/services/runs/runs.ts';

/** The run's log as a text file. */
export function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    const { name, text } = readRunLog(await currentOperator(), await params);
    return download(name, 'text/plain', text);
  });
}
