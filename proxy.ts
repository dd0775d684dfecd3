/** The policy of every page, with a fresh nonce a request, and where the page is; the other headers come from lib/gate. It protects no page: each page and each service asks for itself. */
import { type NextRequest, NextResponse } from 'next/server';

const isDevelopment = process.env.NODE_ENV === 'development';

/** The one style attribute that is allowed: every icon of @primer/octicons-react is rendered with it. */
const ICON_STYLE = "'sha256-M0mSBxL+qqXIDNyyd0XxC/xCRF22IarUlTkgJlE9zKg='";

/** Only our own scripts and styles run. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' 'nonce-${nonce}'`,
    `style-src-attr 'unsafe-hashes' ${ICON_STYLE}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentSecurityPolicy(nonce);
  // Next takes the nonce for its own scripts from the policy on the request.
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  // A layout is not told which page it stands around.
  headers.set('x-page-path', request.nextUrl.pathname);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

// Uploads pass by: Next would hold the body back for us, and cut it off at 10 MB.
export const config = {
  matcher: [{ source: '/((?!_next/static|api/drafts$|api/files$).*)' }],
};
