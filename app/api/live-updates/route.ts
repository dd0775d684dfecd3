import { currentOperator } from '#lib/auth/operator.ts';
import { respond } from '#lib/services/http/http.ts';
import { readPulse } from '#lib/services/live/live-updates.ts';

/** Is there anything new? */
export function GET(): Promise<Response> {
  return respond(async () => readPulse(await currentOperator()));
}
