import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readJson } from '#lib/services/http/http.ts';
import { removeView } from '#lib/services/views/views.ts';

/** `POST` with `{ id }`: forgets a view. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => {
    removeView(await currentOperator(), await readJson(request));
    return {};
  });
}
