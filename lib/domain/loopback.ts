/** Which addresses are on this machine. */

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]', '::1']);

/** True for an address on this machine: there, and only there, plain http and the demo tenant are allowed. */
export function isLoopback(url: string): boolean {
  return LOOPBACK_HOSTS.has(URL.parse(url)?.hostname ?? '');
}
