/** The text of a date without what programs and people write around it: marks, other digits, a time, a day of the week. Pure. */
import { isWeekday } from './weekdays.ts';

const ZONE = String.raw`(?:Z|UTC|GMT|CES?T|EES?T|WES?T|BST|MES?Z|[ECMP][SD]T|JST|KST|IST|[+-]\d{2}(?::?\d{2})?)`;
/** Before noon or after it, as systems in Chinese, Japanese and Korean write it before a time, and what people write there. */
const BEFORE_TIME =
  '(?:上午|下午|凌晨|清晨|早上|中午|晚上|午前|午後|오전|오후|um|ab|from|at|à|às|a las|om|kl\\.?|klo|pukul) ?';
const BEHIND_TIME = String.raw`[AaPp]\.? ?[Mm]\.?|[πμ]\.?μ\.?|Uhr|h|ص|م`;
const TIME_AT_END = new RegExp(
  String.raw`(?:T|[,،]? )(?:${BEFORE_TIME})?(?:\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,:]\d+)?)?(?: ?(?:${BEHIND_TIME}))*|\d{1,2} ?(?:[AaPp][Mm]|Uhr|h)|\d{1,2} h \d{2}(?: min \d{2} s)?)(?: ?${ZONE})*$`,
);
const ZONE_AT_END = new RegExp(String.raw`(?<=^\d{4}-\d{2}-\d{2})${ZONE}$`);
/** As DB2 writes it behind a day. */
const DB2_TIME = /(?<=^\d{4}-\d{2}-\d{2})-\d{2}\.\d{2}\.\d{2}(?:\.\d{1,12})?$/;
/** A literal of SQL, Access or a database: `{ts '2026-09-01 00:00:00'}`, `DATE '2026-09-01'`, `#2026-09-01#`, `ISODate("…")`. */
const LITERAL = /^(?:\{(?:ts|d) ?|(?:date|datetime|timestamp|isodate) ?\(?)?(['"#])([^'"#]{1,60})\1[)}]?$/i;
/** What stands between the numbers where a slash or a dot may not, as in names of files, or looks like a slash. */
const ODD_SIGNS = /^(\d{1,4})[_\\⁄∕／](\d{1,2})[_\\⁄∕／](\d{1,4})$/;
/** The name of a zone, as Java and JavaScript write it behind the offset. */
const ZONE_NAME = /(?<=:\d\d(?:[.,]\d{1,9})?Z?|[+-]\d\d:?\d\d)(?:\[[\w/+-]{1,40}\]| \([^()]{1,60}\))$/;

/** The zeros of other scripts whose digits stand in dates: Arabic, Persian, Hindi, Thai, and those as wide as Chinese letters. */
const ZEROS = [0x660, 0x6f0, 0x966, 0xe50, 0xff10];

function withPlainDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    const zero = ZEROS.find((first) => code >= first && code < first + 10);
    return zero === undefined ? digit : String(code - zero);
  });
}

/** The word for a year behind one, in Russian, Ukrainian, Bulgarian and Polish; a fraction of nothing, as pandas gives it to whole numbers. */
const BEHIND_YEAR = /(?<=\d{2}) ?(?:г\.?|года|р\.?|року|r\.)$|(?<=^\d{8}|^\d{10}|^\d{13})\.0$/;

/** In plain digits and hyphens, without marks that cannot be seen, which browsers put between the parts, and without blanks around the signs. */
export function plainDate(text: string): string {
  const isPlain = /^[\x20-\x7e]*$/.test(text);
  const plain = isPlain ? text : withPlainDigits(text.replace(/\p{Cf}/gu, '')).replace(/[‐‑‒–−]/g, '-');
  return plain
    .trim()
    .replace(/\s+/g, ' ')
    .replace(LITERAL, '$2')
    .replace(ODD_SIGNS, '$1/$2/$3')
    .replace(/['’´`](?=\d\d$)/, '')
    .replace(/(?<=^\d{1,4}) ?([-./]) ?(\d{1,2}) ?\1 ?(?=\d)/, '$1$2$1');
}

/** Without a time and a zone at its end. */
export function withoutTime(text: string): string {
  return text
    .replace(DB2_TIME, '')
    .replace(ZONE_NAME, '')
    .replace(TIME_AT_END, '')
    .replace(ZONE_AT_END, '')
    .replace(BEHIND_YEAR, '');
}

const WEEKDAY_BEFORE = /^(\p{L}{2,20})(?:[.,]{1,2} ?| )(?=\d)/u;
/** Directly behind: `2026年1月5日月曜日`, `…星期一`. */
const WEEKDAY_CJK = / ?(?:\p{L}曜日|\p{L}요일|(?:星期|週|周)\p{L})$/u;
const WEEKDAY_BEHIND = /(?:,? (\p{L}{2,20})\.?| ?\((\p{L}{1,20})\))$/u;

/** Without the name of a day of the week before or behind it: `Mo, 05.01.2026`, `2026/1/5(月)`. */
export function withoutWeekday(text: string): string {
  const bare = (pattern: RegExp) =>
    text.replace(pattern, (found: string, ...words: (string | undefined)[]) =>
      isWeekday(words[0] ?? '') || (typeof words[1] === 'string' && isWeekday(words[1])) ? '' : found,
    );
  const behind = bare(WEEKDAY_BEFORE);
  return behind === text ? bare(WEEKDAY_BEHIND).replace(WEEKDAY_CJK, '') : behind;
}
