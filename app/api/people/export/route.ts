import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { csvDownload } from '#lib/services/http/http.ts';
import { exportPeople } from '#lib/services/people/people-export.ts';

/** The people list as a CSV file: `GET` with the address of the list and `columns=name.state.…`. */
export function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const input = Object.fromEntries(new URL(request.url).searchParams);
    return csvDownload('people.csv', exportPeople(await currentOperator(), input));
  });
}
