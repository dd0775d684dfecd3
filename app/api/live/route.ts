import { currentOperator } from '#lib/auth/operator.ts';
import { respond } from '#lib/services/http/http.ts';
import { LIVE_HEADERS, liveStream } from '#lib/services/live/live-stream.ts';
import { readLiveUpdate } from '#lib/services/live/live-updates.ts';

/** What is new, as it happens (server-sent events); `GET /api/live-updates` says the same once. */
export function GET({ signal }: Request): Promise<Response> {
  return respond(async () => {
    const operator = await currentOperator();
    // Asked once before the stream begins, so that a refusal is an answer with its status.
    readLiveUpdate(operator);
    return new Response(
      liveStream(() => readLiveUpdate(operator), signal),
      { headers: LIVE_HEADERS },
    );
  });
}
