/** The app's sign-in alone on a real HTTP server. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import NextAuth, { type NextAuthOptions } from 'next-auth';

export interface SignInApp {
  url: string;
  /** The options to serve; they depend on the address, so they are set once it is known. */
  use(options: NextAuthOptions): void;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, string>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
}

function cookiesOf(request: IncomingMessage): Record<string, string> {
  const pairs = (request.headers.cookie ?? '').split('; ').filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), decodeURIComponent(pair.slice(pair.indexOf('=') + 1))]),
  );
}

/** What next-auth uses of a Next.js API response. */
function asApiResponse(response: ServerResponse) {
  return Object.assign(response, {
    status(code: number) {
      response.statusCode = code;
      return response;
    },
    send(body: unknown) {
      response.end(typeof body === 'object' ? JSON.stringify(body) : String(body ?? ''));
    },
    json(body: unknown) {
      response.end(JSON.stringify(body));
    },
  });
}

export async function startSignInApp(): Promise<SignInApp> {
  let options: NextAuthOptions = { providers: [] };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!url.pathname.startsWith('/api/auth/')) return void response.end('a page');
    const query = { ...Object.fromEntries(url.searchParams), nextauth: url.pathname.split('/').slice(3) };
    const apiRequest = Object.assign(request, { query, cookies: cookiesOf(request), body: await bodyOf(request) });
    await NextAuth(options)(apiRequest, asApiResponse(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    use: (chosen) => {
      options = chosen;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
