import { respond } from '#app/respond.ts';
import { requestLanguage } from '#components/words/words.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readJson } from '#lib/services/http/http.ts';
import { readSettings, saveSettings } from '#lib/services/settings/settings.ts';

/** What is in force. */
export function GET(): Promise<Response> {
  return respond(async () => readSettings(await currentOperator(), await requestLanguage()));
}

/** `POST` with the changed settings only, and in `before` the values they started from. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => saveSettings(await currentOperator(), await readJson(request), await requestLanguage()));
}
