/** Where a request comes from. */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** The header by which the app hears the address; whatever a visitor wrote into it is overwritten. */
export const ADDRESS_HEADER = 'x-visitor-address';

/** An address alone: some proxies (IIS, Azure) name the port as well, which is another for each connection. Null where it is none. */
function addressIn(text: string): string | null {
  const bare = /^\[(.*)\](?::\d+)?$/.exec(text)?.[1] ?? text.replace(/^([\d.]+):\d+$/, '$1');
  const address = bare.replace(/^::ffff:(?=[\d.]+$)/i, '').replace(/%.*$/, '');
  return isIP(address) ? address : null;
}

/**
 * A proxy on this machine names its visitor last in `x-forwarded-for`; from anywhere else the
 * header says nothing, and neither does what is no address.
 */
export function visitorAddress({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): string {
  const peer = socket.remoteAddress ?? '';
  const isLocal = /^(?:::ffff:)?127\.|^::1$/.test(peer);
  const named = headers['x-forwarded-for'];
  const last = (Array.isArray(named) ? named.join() : named)?.split(',').at(-1)?.trim();
  return (isLocal && last && addressIn(last)) || (addressIn(peer) ?? peer);
}

/** Whose requests are counted together: a network gives one machine as many addresses of IPv6 as it likes, all of the same first half. */
export function visitorNetwork(address: string): string {
  if (isIP(address) !== 6) return address;
  const [start = '', end] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const zeros = end === undefined ? 0 : 8 - groups(start).length - groups(end).length;
  return [...groups(start), ...Array<string>(zeros).fill('0'), ...groups(end)].slice(0, 4).join(':');
}
