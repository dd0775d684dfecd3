import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { requestDiagnosis } from '#lib/services/diagnoses/diagnoses.ts';
import { readJson } from '#lib/services/http/http.ts';

/** "Find the cause": `POST` with `{ userPrincipalName }`. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => {
    requestDiagnosis(await currentOperator(), await readJson(request));
    return {};
  });
}
