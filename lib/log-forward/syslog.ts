/** A line of the log as a syslog message (RFC 5424), framed for a stream by counting its octets (RFC 5425, RFC 6587). Pure. */
import { z } from 'zod';

/** Who sends: the machine, and the process on it. */
export interface Sender {
  hostname: string;
  pid: number;
}

/** Facility local0. */
const FACILITY = 16;
/** What every receiver should take (RFC 5425, 4.3.1); what is longer is cut here rather than refused there. */
const MAX_BYTES = 8192;

const lineSchema = z.object({ level: z.number(), time: z.iso.datetime() });

/** pino's levels as severities: critical, error, warning, informational, debug. */
function severityOf(level: number): number {
  if (level >= 60) return 2;
  if (level >= 50) return 3;
  if (level >= 40) return 4;
  return level >= 30 ? 6 : 7;
}

/** Not longer than `maxBytes` in UTF-8, and never half a character. */
function cut(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  let end = maxBytes;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** One line of the log, as `lib/log.ts` writes it, with the number of its bytes in front. */
export function syslogFrame(line: string, { hostname, pid }: Sender): string {
  const { level, time } = lineSchema.safeParse(parsed(line)).data ?? { level: 30, time: '-' };
  const host = hostname.replace(/[^\x21-\x7e]/g, '').slice(0, 255) || '-';
  const header = `<${FACILITY * 8 + severityOf(level)}>1 ${time} ${host} autoprovision ${pid} - - `;
  const message = cut(header + line.trimEnd(), MAX_BYTES);
  return `${Buffer.byteLength(message)} ${message}`;
}
