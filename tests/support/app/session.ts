/** A signed-in operator of the demo without a browser: cookies in, cookies out. */
import type { Role } from '#lib/auth/roles.ts';

export interface Session {
  get(path: string): Promise<Response>;
  /** As a page of the app would send it. */
  post(path: string, type: string, body: BodyInit): Promise<Response>;
}

export async function signIn(url: string, role: Role): Promise<Session> {
  const cookies = new Map<string, string>();
  const ask = async (path: string, init: RequestInit & { duplex?: 'half' } = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url + path, { redirect: 'manual', ...init, headers: { ...init.headers, cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return response;
  };
  const post = (path: string, type: string, body: BodyInit) =>
    ask(path, {
      method: 'POST',
      body,
      duplex: 'half',
      headers: { 'content-type': type, origin: url, 'sec-fetch-site': 'same-origin' },
    });
  const { csrfToken } = (await (await ask('/api/auth/csrf')).json()) as { csrfToken: string };
  const form = new URLSearchParams({ csrfToken, role, callbackUrl: '/' });
  await post('/api/auth/callback/credentials', 'application/x-www-form-urlencoded', form.toString());
  return { get: (path) => ask(path), post };
}
