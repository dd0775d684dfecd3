import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { exportHistory } from '#lib/services/history/history.ts';
import { csvDownload } from '#lib/services/http/http.ts';

/** The history as a CSV file: `GET` with the address of the list. */
export function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const input = Object.fromEntries(new URL(request.url).searchParams);
    return csvDownload('history.csv', exportHistory(await currentOperator(), input));
  });
}
