/** A body must arrive: nobody keeps a connection by sending a byte now and then. */
import type { IncomingMessage } from 'node:http';

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
