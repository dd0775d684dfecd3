import { currentOperator } from '#lib/auth/operator.ts';
import { readJson, respond } from '#lib/services/http.ts';
import { saveSettings } from '#lib/services/settings.ts';

/** `POST` with the changed settings only. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => saveSettings(await currentOperator(), await readJson(request)));
}
