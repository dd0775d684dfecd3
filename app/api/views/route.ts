import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readJson } from '#lib/services/http/http.ts';
import { saveView } from '#lib/services/views/views.ts';

/** `POST` with `{ name, href }`: keeps a view of the people list. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => {
    saveView(await currentOperator(), await readJson(request));
    return {};
  });
}
