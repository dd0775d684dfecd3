import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { downloadTemplate } from '#lib/services/files/template.ts';
import { bytesDownload } from '#lib/services/http/http.ts';

/** An empty file to fill in: `GET /api/files/template?format=xlsx` or `csv`. */
export function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const input = Object.fromEntries(new URL(request.url).searchParams);
    return bytesDownload(await downloadTemplate(await currentOperator(), input));
  });
}
