import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { exportEvidence } from '#lib/services/history/evidence.ts';
import { download } from '#lib/services/http/http.ts';

/** A signed file about a person, a run or a time: `GET ?personId=…`, `?runId=…` or `?from=…&to=…`. */
export function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const input = Object.fromEntries(new URL(request.url).searchParams);
    const { name, pieces } = exportEvidence(await currentOperator(), input);
    return download(name, 'text/html', pieces);
  });
}
