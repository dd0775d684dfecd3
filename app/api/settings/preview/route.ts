import { respond } from '#app/respond.ts';
import { requestLanguage } from '#components/words/words.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readJson } from '#lib/services/http/http.ts';
import { previewSchedule } from '#lib/services/settings/settings.ts';

/** What a schedule would mean: `POST` with `{ schedule, timeZone, paused, maintenance }`. Changes nothing. */
export function POST(request: Request): Promise<Response> {
  return respond(async () =>
    previewSchedule(await currentOperator(), await readJson(request), await requestLanguage()),
  );
}
