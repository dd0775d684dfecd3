/** A client like a browser, without pages: it follows redirects and keeps cookies. */

interface Visit {
  status: number;
  /** Where the visit ended after all redirects. */
  url: string;
  text: string;
}

export interface Browser {
  /** Gets an address, or posts a form to it. */
  visit(url: string, form?: Record<string, string>): Promise<Visit>;
  cookieNames(url: string): string[];
  cookie(url: string, name: string): string | undefined;
  /** For requests of one's own. */
  cookies(url: string): string;
  /** A copy of it as it is now, as a thief would take it. */
  copied(): Browser;
}

const cookieLine = (jar: ReadonlyMap<string, string>) => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');

/** Follows redirects and keeps cookies, per host and port. */
export function browser(jars = new Map<string, Map<string, string>>()): Browser {
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
      headers: { cookie: cookieLine(jar) },
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
  return {
    visit,
    cookieNames: (url: string) => [...jarOf(url).keys()],
    cookie: (url: string, name: string) => jarOf(url).get(name),
    cookies: (url: string) => cookieLine(jarOf(url)),
    copied: () => browser(new Map([...jars].map(([host, jar]) => [host, new Map(jar)]))),
  };
}
