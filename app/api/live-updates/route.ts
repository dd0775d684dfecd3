import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readLiveUpdate } from '#lib/services/live/live-updates.ts';

/** Is there anything new? */
export function GET(): Promise<Response> {
  return respond(async () => readLiveUpdate(await currentOperator()));
}
