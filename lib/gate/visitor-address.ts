/** Where a request comes from. */
import type { IncomingMessage } from 'node:http';

/** The header by which the app hears the address; whatever a visitor wrote into it is overwritten. */
export const ADDRESS_HEADER = 'x-visitor-address';

/**
 * A proxy on this machine names its visitor last in `x-forwarded-for`; from anywhere else the
 * header says nothing.
 */
export function visitorAddress({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): string {
  const peer = socket.remoteAddress ?? '';
  const isLocal = /^(?:::ffff:)?127\.|^::1$/.test(peer);
  const named = headers['x-forwarded-for'];
  const last = (Array.isArray(named) ? named.join() : named)?.split(',').at(-1)?.trim();
  return (isLocal && last) || peer;
}
