/** The app's sign-in alone on a real HTTP server, and a browser-like client with a cookie jar. */
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

export interface Visit {
  status: number;
  /** Where the visit ended after all redirects. */
  url: string;
  text: string;
}

/** Follows redirects and keeps cookies, per host and port. */
export function browser() {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: string) => {
    const { host } = new URL(url);
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };
  const visit = async (url: string, form?: Record<string, string>): Promise<Visit> => {
    const jar = jarOf(url);
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      body: form ? new URLSearchParams(form) : null,
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      redirect: 'manual',
    });
    for (const cookie of response.headers.getSetCookie()) {
      const pair = cookie.split(';')[0] ?? '';
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const next = response.headers.get('location');
    if (next) return visit(new URL(next, url).href);
    return { status: response.status, url, text: await response.text() };
  };
  return { visit, cookieNames: (url: string) => [...jarOf(url).keys()] };
}

export type Browser = ReturnType<typeof browser>;
