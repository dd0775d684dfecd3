/** What people, forms and other programs put around the name of a column, and by which words it means something else. Pure. */
import { ungarbled } from '#lib/domain/text/garbled-text.ts';
import { COLUMN_NAME_LIMIT } from '#lib/intake/csv/limits.ts';
import { withoutDateFormat } from '#lib/intake/csv/values/date-format.ts';
import { withoutFormula } from '#lib/intake/csv/values/values.ts';
import { columnKey, GENERIC } from './column-names.ts';

/** What stands before the first line break or bracket of a name, behind which templates explain it. */
export function beforeRemarks(name: string): string {
  return (
    name
      .slice(0, COLUMN_NAME_LIMIT)
      .trimStart()
      .split(/[\r\n[({<]/, 1)[0] ?? ''
  );
}

/** What ServiceNow, SuccessFactors, One Identity and Entra put before the name of a column of one's own, and Salesforce behind it. */
const OWN = /^\s*(?:u|cust|custom|ccc|extension_[0-9a-f]{32})_|__c\s*$/gi;

/** The name without such a mark; null where it has none. Any other name is surer. */
export function withoutOwnMark(name: string): string | null {
  const text = name.slice(0, COLUMN_NAME_LIMIT);
  const own = text.replace(OWN, '');
  return own === text ? null : own;
}

/** Words that say no more than that the person of the row is meant, as forms ask for it: `UPN of new hire`, `Full name of the employee`. */
const NEWCOMER =
  'new[ _-]?(?:hire|starter|joiner|employee|colleague|person|staff(?: member)?)|newcomer|starter|joiner|neuen? mitarbeiter(?:s|in|nen)?|neuzugang(?:s)?';
const OF_PERSON = new RegExp(
  String.raw`(?<!\p{L})(?:(?:of|for|the|des|der|vom|what is|please enter|enter) )*(?:${NEWCOMER}|employee|user|person|worker|mitarbeiter(?:s|in)?|nutzers?)(?:['’]s)?(?!\p{L})`,
  'giu',
);
const OF_NEWCOMER = new RegExp(String.raw`(?<!\p{L})(?:${NEWCOMER})(?!\p{L})`, 'iu');

/** The name without such words; null where it has none. What is left may be no more than `Name` only where it says of whom. */
export function withoutPerson(name: string): string | null {
  const text = name.slice(0, COLUMN_NAME_LIMIT);
  if (isAboutSomebodyElse(text) || isFormer(text)) return null;
  const bare = text.replace(OF_PERSON, ' ').replace(/^ *(?:what is|please enter|enter|of|the) +(?:the )?/i, '');
  const key = columnKey(bare);
  if (bare === text || key === '' || (GENERIC.has(key) && !(key === 'name' && OF_NEWCOMER.test(text)))) return null;
  return bare;
}

/** Where Microsoft Forms writes the name of who filled in the form, behind ID, two times and an address; null: this is none of its lists. */
export function responderAt(names: readonly string[]): number | null {
  const [id, start, , mail, name] = names.slice(0, 5).map(columnKey);
  const isForm = id === 'id' && TIMES.has(start ?? '') && /mail|messagerie|correo|posta/.test(mail ?? '');
  return isForm && RESPONDERS.has(name ?? '') ? 4 : null;
}

const TIMES: ReadonlySet<string> = new Set(
  'starttime startzeit heurededebut horadeinicio oradiinizio begintijd godzinarozpoczecia starttid'.split(' '),
);
const RESPONDERS: ReadonlySet<string> = new Set('name nom nombre nome naam nazwa namn navn'.split(' '));

const REMARK =
  /\b(?:required|mandatory|optional|compulsory|pflichtfeld|pflicht|erforderlich|obligatoire|obligatorio|facultatif|opcional|verplicht|optioneel|obbligatorio|wymagane)\b/giu;

/** How a name is read, beside the column of the name itself. */
const READING = /\((?:全角|半角)?(?:カナ|ｶﾅ|かな|フリガナ|ふりがな|ローマ字|kana)\)/i;

/** Brackets of Chinese and Japanese as those of other languages. */
function withUsualBrackets(name: string): string {
  return name
    .replace(/[（【〔〈《]/g, '(')
    .replace(/[）】〕〉》]/g, ')')
    .replaceAll('［', '[')
    .replaceAll('］', ']');
}

/** Words by which a column is about somebody else: whatever it is called besides, it is not the person of the row. */
const SOMEBODY_ELSE =
  /manager|supervisor|superior|vorgesetzt|führungskraft|leiter|leitung|responsable|encargad|jefe|gerente|leidinggevende|przełożon|kierownik|nadřízen|руководител|начальник|керівник|esimies|felettes|yönetici|上司|主管|관리자|상사|sponsor|assistant|assistent|mentor|requeste?or|requester|antragsteller|recruiter|approver|genehmiger|creator|(?:created|modified)[ _]?by|(?:erstellt|geändert)[ _]?von|(?<!\p{L})(?:boss|chefe?|capo|leder|amir|buddy|author|editor)(?!\p{L})/iu;
/** Words by which an object is the person of the row: `worker.type`. */
const PERSON =
  /user|person|people|employee|worker|account|member|identity|new.?hire|staff|mitarbeiter|nutzer|utilisateur|employé|empleado|dipendente|(?<!\p{L})emp(?!\p{L})/iu;

export const isAboutSomebodyElse = (name: string): boolean => SOMEBODY_ELSE.test(name.slice(0, COLUMN_NAME_LIMIT));

/** Words by which a column says what was there before. */
const FORMER =
  /(?<!\p{L})(?:old|previous|prior|former|legacy|outdated|deprecated|alt|alte[rs]?|bisher|bisherige[rs]?|vorherige[rs]?|frühere[rs]?|veraltet|ancien(?:ne)?|précédente?|anterior|antigu[oa]|antig[oa]|precedente|vecchi[oa]|oud|oude|vorige|star[ýáéyae]|poprzedni[ae]?|předchozí|gammal|gamla|tidigare|gammel|tidligere|vanha|régi|eski|стар(?:ый|ая|ое)|прежн(?:ий|яя|ее)|旧)(?!\p{L})/iu;

export const isFormer = (name: string): boolean => FORMER.test(name.slice(0, COLUMN_NAME_LIMIT));

/** Words by which a column says what holds instead of what was planned before; not those of a new person. */
const REVISED =
  /(?<!\p{L})(?:new(?![ _-]?(?:hire|starter|joiner|employee|colleague|person|staff))|revised|updated|actual|changed|amended|rescheduled|postponed|deferred|neue[rs]?(?! mitarbeiter| kolleg)|geänderte[rs]?|tatsächliche[rs]?|aktualisierte[rs]?|korrigierte[rs]?|verschobene[rs]?|revidierte[rs]?|nouvel(?:le)?|nouveau|réelle|modifiée?|reportée?|nuev[oa]|modificad[oa]|actualizad[oa]|nuov[oa]|effettiv[oa]|modificat[oa]|nieuwe|gewijzigde|werkelijke|nov[ao]|alterada|nowa|faktyczna|faktiskt?|skutečný|新しい|変更後の?|実際の?|实际|變更後|變更后)(?!\p{Ll})/giu;

/** The name without such words; null where it has none. */
export function withoutRevision(name: string): string | null {
  const text = name.slice(0, COLUMN_NAME_LIMIT);
  const bare = text.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ').replace(REVISED, ' ');
  return columnKey(bare) === columnKey(text) ? null : bare.replace(/[([{] *[)\]}]/g, '').trim();
}

/**
 * The names that the name of a column may hold, the likeliest first: what stands in square brackets or braces, the rest without remarks,
 * what stands in round ones, the part after the last dot or slash of a path, the first of several lines.
 */
export function namesIn(written: string): string[] {
  // What an earlier program garbled in the names it has garbled in the rows too, which are taken in.
  const name = withUsualBrackets(ungarbled(withoutFormula(written.trim())));
  if (READING.test(name)) return [name];
  const within = (brackets: RegExp) => [...name.matchAll(brackets)].map(([, inner = '']) => inner);
  const bare = withoutDateFormat(name.replace(/[[({<][^[({<\])}>]*[\])}>]/g, ' ').replace(REMARK, ' '));
  const last = /[./\\:]([^./\\:]+)$/.exec(bare)?.[1] ?? '';
  const firstLine = /[\r\n]/.test(name) ? [beforeRemarks(name)] : [];
  // `department.name` and `Department (Name)` are names of something else.
  const isPerson = PERSON.test(name);
  const sure = (names: readonly string[]) => names.filter((one) => isPerson || !GENERIC.has(columnKey(one)));
  const [square, round] = [within(/[[{]([^[{\]}]*)[\]}]/g), within(/[(<]([^(<)>]*)[)>]/g)];
  return [...sure(square), bare, name, ...sure([...round, last]), ...firstLine];
}
