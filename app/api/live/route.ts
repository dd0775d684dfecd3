import { respond } from '#app/respond.ts';
import { followOperator } from '#lib/auth/operator.ts';
import { LIVE_HEADERS, liveStreamOf } from '#lib/services/live/live-stream.ts';
import { readLiveUpdate } from '#lib/services/live/live-updates.ts';

/** What is new, as it happens (server-sent events); `GET /api/live-updates` says the same once. */
export function GET({ signal }: Request): Promise<Response> {
  return respond(async () => {
    const operatorNow = await followOperator();
    // Asked once before the stream begins, so that a refusal is an answer with its status. It ends with the session.
    const operator = operatorNow();
    readLiveUpdate(operator);
    const stream = liveStreamOf(operator?.key ?? '', () => readLiveUpdate(operatorNow()), signal);
    return new Response(stream, { headers: LIVE_HEADERS });
  });
}
