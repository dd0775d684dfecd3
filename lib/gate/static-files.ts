/** Serves what the build made for browsers, in the smallest form that each of them takes; Next itself packs nothing tighter than gzip. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';

const PREFIX = '/_next/static';
/** As Next names them; sirv leaves the encoding out. */
const TEXT_TYPES = { js: 'application/javascript; charset=UTF-8', css: 'text/css; charset=UTF-8' };

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A file whose reader has left is never read to its end, and sirv would keep it open for ever. */
function closedWith(response: ServerResponse): (file: { destroy(): void }) => void {
  return (file) => {
    if (response.destroyed) file.destroy();
    else response.once('close', () => file.destroy());
  };
}

/** Answers GET and HEAD below `/_next/static` from `folder`, whose names change with their contents; everything else is `other`'s. */
export function withStaticFiles(folder: string, other: Handler): Handler {
  const files = sirv(folder, {
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders(response, name) {
      const type = Object.entries(TEXT_TYPES).find(([ending]) => name.endsWith(`.${ending}`))?.[1];
      if (type) response.setHeader('content-type', type);
      response.setHeader('cache-control', 'public, max-age=31536000, immutable');
      response.setHeader('x-content-type-options', 'nosniff');
    },
  });
  return (request, response) => {
    const { url = '', method } = request;
    if (!url.startsWith(`${PREFIX}/`) || (method !== 'GET' && method !== 'HEAD')) return other(request, response);
    response.once('pipe', closedWith(response));
    request.url = url.slice(PREFIX.length);
    files(request, response, () => {
      request.url = url;
      other(request, response);
    });
  };
}
