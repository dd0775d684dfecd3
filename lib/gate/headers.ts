/** The headers that every answer carries, whoever makes it. Pages replace the policy by their own (proxy.ts). */
export function securityHeaders(publicUrl: string): ReadonlyMap<string, string> {
  const headers = new Map([
    // What is no page loads nothing, wherever it is opened.
    ['content-security-policy', "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"],
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'same-origin'],
    ['permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
  ]);
  if (publicUrl.startsWith('https:')) headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
  return headers;
}
