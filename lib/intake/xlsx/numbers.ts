/** What a number in a cell says, by its number format: a date, a time, or digits as they are shown. Pure. */

export type NumberKind =
  | { kind: 'plain' }
  | { kind: 'date' }
  | { kind: 'time' }
  /** Filled up with zeros to so many digits, as personnel numbers are. */
  | { kind: 'padded'; digits: number };

export const PLAIN: NumberKind = { kind: 'plain' };

/** The numbers of built-in formats that are dates; the later ones belong to East Asian editions (ECMA-376, 18.8.30). */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58);
const isBuiltInTime = (id: number): boolean =>
  (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47);

/** The kind of a number with this format; `code` is null for a built-in one. */
export function numberKind(id: number, code: string | null): NumberKind {
  if (code === null) return isBuiltInDate(id) ? { kind: 'date' } : isBuiltInTime(id) ? { kind: 'time' } : PLAIN;
  // Beside the zeros only what shows nothing: a language, a colour, the width of a character, formats of other numbers.
  const zeros = /^0{2,}$/.exec(code.replace(/\[[^[\]]*\]|[_*]./g, '').replace(/;.*$/s, ''))?.[0];
  if (zeros !== undefined) return { kind: 'padded', digits: zeros.length };
  // Without what is only shown: quoted and escaped characters, fillers, colours, languages; elapsed hours stay.
  const signs = code
    .replace(/"[^"]*"|\\.|[_*]./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^[\]]*\]/gi, '')
    .split(';', 1)[0];
  if (signs === undefined || /general/i.test(signs)) return PLAIN;
  const hasTime = /[hs]/i.test(signs);
  if (/[yd]/i.test(signs) || (/m/i.test(signs) && !hasTime)) return { kind: 'date' };
  return hasTime ? { kind: 'time' } : PLAIN;
}

const DAY_SECONDS = 86_400;
const DAY_MS = DAY_SECONDS * 1000;
/** Day 0 of both calendars; that of 1900 counts a 29 February that never existed, as day 60. */
const DAY_ZERO = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) } as const;
const PHANTOM_DAY = 60;
const LAST_DAY = 2_958_465;
/** A cell shows so many digits at most; what stands behind them is noise of the arithmetic. */
const DIGITS = 15;

/** The text of a numeric cell. `is1904`: its dates count from 1904. The text as it is where it is no number. */
export function numberText(
  written: string,
  { kind, ...format }: NumberKind & { digits?: number },
  is1904: boolean,
): string {
  const value = written.trim() === '' ? Number.NaN : Number(written);
  if (!Number.isFinite(value)) return written;
  if (kind === 'date' && value >= 0 && value <= LAST_DAY) return dateText(value, is1904);
  if (kind === 'time' && value >= 0 && value < 1) return timeText(Math.round(value * DAY_SECONDS) % DAY_SECONDS);
  // A format of hours and minutes may stand over a whole date.
  if (kind === 'time' && value >= 1 && value <= LAST_DAY) return dateText(value, is1904);
  const digits = withoutExponent(Number(value.toPrecision(DIGITS)));
  return kind === 'padded' && /^\d+$/.test(digits) ? digits.padStart(format.digits ?? 0, '0') : digits;
}

function dateText(value: number, is1904: boolean): string {
  const seconds = Math.round(value * DAY_SECONDS);
  const day = Math.floor(seconds / DAY_SECONDS);
  const rest = seconds - day * DAY_SECONDS;
  const time = rest === 0 ? '' : `T${timeText(rest)}`;
  if (is1904) return `${isoDate(DAY_ZERO[1904] + day * DAY_MS)}${time}`;
  if (day === PHANTOM_DAY) return `1900-02-29${time}`;
  return `${isoDate(DAY_ZERO[1900] + (day < PHANTOM_DAY ? day + 1 : day) * DAY_MS)}${time}`;
}

const isoDate = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

function timeText(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** `1.23e+21` with all its digits. */
function withoutExponent(value: number): string {
  const text = String(value);
  const [, sign = '', whole = '', fraction = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length);
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
