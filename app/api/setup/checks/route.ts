import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readJson } from '#lib/services/http/http.ts';
import { requestCheck } from '#lib/services/settings/setup.ts';

/** "Test again": `POST` with `{}`. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => {
    const operator = await currentOperator();
    await readJson(request);
    return requestCheck(operator);
  });
}
