import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { csvDownload } from '#lib/services/http/http.ts';
import { downloadTrend } from '#lib/services/trends/trends.ts';

/** The figures behind one picture as a CSV file. */
export function GET(_request: Request, { params }: { params: Promise<{ table: string }> }): Promise<Response> {
  return respond(async () => {
    const { name, lines } = downloadTrend(await currentOperator(), await params);
    return csvDownload(name, lines);
  });
}
