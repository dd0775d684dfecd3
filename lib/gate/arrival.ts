/** A body must arrive, and an answer be taken: nobody keeps a connection by sending a byte now and then, or by reading none. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** For everything but uploads: the whole body. */
const WHOLE_MS = 20_000;
/** For uploads: so much within each span, which is 2 kB a second. */
const SPAN_MS = 30_000;
const SPAN_BYTES = 64 * 1024;

/** Calls `late` once where the body of `request` does not arrive as it should. */
export function expectArrival(request: IncomingMessage, isUpload: boolean, late: () => void): void {
  if (request.complete) return;
  const { socket } = request;
  let before = socket.bytesRead;
  const check = () => {
    const arrived = socket.bytesRead - before;
    before = socket.bytesRead;
    // A body that we do not take yet is not the sender's delay.
    const isSlow = !isUpload || (arrived < SPAN_BYTES && request.readableLength === 0);
    if (!request.complete && isSlow) {
      clearInterval(timer);
      late();
    }
  };
  const timer = setInterval(check, isUpload ? SPAN_MS : WHOLE_MS).unref();
  request.once('close', () => clearInterval(timer));
  request.once('end', () => clearInterval(timer));
}

/** An answer is given up of which nothing was taken for `ms`; one that is still being made is not. */
export function expectTaking(response: ServerResponse, ms = SPAN_MS): void {
  response.setTimeout(ms, (socket?: Socket) => {
    if (socket && socket.writableLength > 0) socket.destroy();
  });
}
