import { currentOperator } from '#lib/auth/operator.ts';
import { respond } from '#lib/services/http/http.ts';
import { readLiveUpdate } from '#lib/services/live/live-updates.ts';

/** Is there anything new? */
export function GET(): Promise<Response> {
  return respond(async () => readLiveUpdate(await currentOperator()));
}
