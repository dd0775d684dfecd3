import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { downloadResults } from '#lib/services/files/file-results.ts';
import { csvDownload } from '#lib/services/http/http.ts';

/** The sender's own file with result columns. */
export function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    const { name, lines } = downloadResults(await currentOperator(), { id: (await params).id });
    return csvDownload(name, lines);
  });
}
