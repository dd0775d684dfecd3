/** The name of a person in two columns or more, where no column has the whole of it: `First name` and `Last name`, in any language. Pure. */
import { COLUMN_NAME_LIMIT } from '#lib/intake/csv/limits.ts';
import { columnKey, keySet, keysOf } from './column-names.ts';
import { isAboutSomebodyElse, isFormer, namesIn, withoutOwnMark, withoutPerson } from './written-names.ts';

const ranked = (names: string): ReadonlyMap<string, number> => new Map(keysOf(names).map((key, rank) => [key, rank]));

/** Best first. */
const GIVEN = ranked(
  `firstname givenname forename first given fname firstnames givennames forenames namefirst
   vorname rufname vornamen prénom prénoms nombre nombres nombredepila primernombre nome nomeproprio primeironome imię imiona jméno křestníjméno meno
   voornaam roepnaam voornamen fornavn förnamn tilltalsnamn etunimi keresztnév utónév adı ad isim ime prenume eesnimi vārds vardas
   имя имена ім'я име όνομα الاسمالأول שםפרטי 名 名字 이름 ชื่อ tên namadepan`,
);
const FAMILY = ranked(
  `lastname surname familyname sn last lname lastnames surnames namelast
   nachname familienname zuname nachnamen nomdefamille nomdusage apellidos apellido apellido1 primerapellido apellidopaterno cognome cognomi cognom cognoms nom
   sobrenome apelido apelidos últimonome nazwisko příjmení priezvisko achternaam familienaam efternavn etternavn efternamn sukunimi vezetéknév családnév
   soyadı soyad soyisim prezime priimek nume perekonnanimi perenimi uzvārds pavardė фамилия прізвище презиме επώνυμο επίθετο
   اسمالعائلة اللقب שםמשפחה 姓 姓氏 氏 苗字 성 นามสกุล họ namabelakang`,
);
/** What stands between both, and a second family name behind the first one. */
const PREFIX = ranked('tussenvoegsel tussenvoegsels voorvoegsel voorvoegsels namensvorsatz vorsatzwort');
const SECOND = ranked('apellido2 segundoapellido apellidomaterno');
/** Where the family name comes first. */
const FAMILY_FIRST = keySet('vezetéknév családnév keresztnév utónév 姓 姓氏 氏 苗字 성 họ');
/** What may also mean the whole name, a name that somebody goes by, or no name at all: not enough beside a column called `Name`. */
const LOOSE = keySet(
  `first given last sn rufname roepnaam tilltalsnamn nombre nome ime imię jméno meno adı ad isim nume nom apelido vārds vardas
   имя имена ім'я име όνομα 名 名字 이름 ชื่อ tên`,
);
/** French for a family name, Catalan for a given one. */
const EITHER = columnKey('nom');

/** Whose name it is, or what kind, before or behind what it is; as keys have it, without accents. */
const KIND =
  /^(?:legalname|preferredname|legal|preferred|primary|official|current|employee|worker|personal|person|user|associate|staff|newhire|candidate)+|(?:mitarbeiters?|employe|salarie|empleado|dipendente)$/;
/** People beside the one of the row, and names of another time. */
const OTHERWISE =
  /emergency|contact|spouse|partner|next.?of.?kin|(?<!\p{L})kin(?!\p{L})|dependent|beneficiar|parent|father|mother|child|birth|maiden|notfall|ehegatt|geburt|urgence|conjoint|naissance|emergencia|nacimiento|emergenza|nascita/iu;

/** What the name of a column may be, the surest first. */
function keysOfColumn(name: string): string[] {
  const short = name.slice(0, COLUMN_NAME_LIMIT);
  if (isAboutSomebodyElse(short) || isFormer(short) || OTHERWISE.test(short)) return [];
  const keys = namesIn(short).map(columnKey);
  const others = [withoutOwnMark(short), withoutPerson(short)].map((one) => columnKey(one ?? ''));
  return [...keys, ...keys.map((key) => key.replace(KIND, '')), ...others];
}

/** Which column is the surest to hold such a part; null where none does, or there is no telling which. */
function surest(keys: readonly (readonly string[])[], known: ReadonlyMap<string, number>): number | null {
  const places = keys.flatMap((ofColumn, index) => {
    const at = ofColumn.findIndex((key) => known.has(key));
    const rank = known.get(ofColumn[at] ?? '');
    // What holds such a name comes behind every column that has it alone.
    return rank === undefined ? [] : [{ index, rank: at === 0 ? rank : known.size + rank }];
  });
  const [best, next] = places.sort((a, b) => a.rank - b.rank);
  return best === undefined || (best.rank === next?.rank && best.rank < known.size) ? null : best.index;
}

/**
 * The columns that make up the name, in its order; null where given and family name are not both known. `named`: a column called no
 * more than `Name`, which is the other part beside only one of them, and the whole name beside both.
 */
export function nameParts(
  fields: readonly string[],
  named: number | null,
): { at: readonly number[]; family: number } | null {
  const keys = fields.map(keysOfColumn);
  const family = surest(keys, FAMILY);
  const either = keys.findIndex((ofColumn, index) => index !== family && ofColumn[0] === EITHER);
  const given = surest(keys, GIVEN) ?? (either < 0 ? null : either);
  if (named !== null && named !== given && named !== family) {
    const [key = ''] = keys[given ?? family ?? -1] ?? [];
    const isSure = (GIVEN.has(key) || FAMILY.has(key)) && !LOOSE.has(key);
    if ((given !== null && family !== null) || !isSure) return null;
  }
  const [first, last] = [given ?? named, family ?? named];
  if (first === null || last === null || first === last) return null;
  if ([first, last].some((index) => keys[index]?.some((key) => FAMILY_FIRST.has(key))))
    return { at: [last, first], family: last };
  const all = [first, surest(keys, PREFIX), last, surest(keys, SECOND)];
  return { at: all.filter((index) => index !== null), family: last };
}

/** What may stand between the parts, or beside them, where one column has all of them. */
const AND = keySet('and und et y e i a in og och ja és și ve ir и й та і και và amp');
const ALONGSIDE = keySet(
  'middle middlename middleinitial initials title titel anrede suffix отчество побатькові name names surnames vor för for ees',
);
/** Of words whose end the next one has: `Vor- und Nachname`. */
const BEGINNINGS = keySet('vor för for ees');
const MOST_WORDS = 4;

/** Whether one column has the given and the family name: `Vorname Nachname`, `Last Name, First Name`, `Họ và tên`. */
export function namesBothParts(name: string): boolean {
  const short = name.slice(0, COLUMN_NAME_LIMIT);
  if (isAboutSomebodyElse(short) || isFormer(short) || OTHERWISE.test(short)) return false;
  return namesIn(short).some((one) => {
    const words = one.split(/[^\p{L}\p{M}'’]+/u).map(columnKey);
    return hasBothParts(words.filter((word) => word !== '' && !AND.has(word)));
  });
}

function hasBothParts(words: readonly string[]): boolean {
  const found = { given: false, sureGiven: false, family: false, name: false };
  for (let at = 0; at < words.length; ) {
    // The most words that are one name: `Last Name` before `Last`.
    let count = Math.min(MOST_WORDS, words.length - at);
    const key = () => words.slice(at, at + count).join('');
    while (count > 1 && !GIVEN.has(key()) && !FAMILY.has(key())) count--;
    const [isGiven, isFamily] = [GIVEN.has(key()), FAMILY.has(key())];
    if (!isGiven && !isFamily && !ALONGSIDE.has(key())) return false;
    found.given ||= isGiven || BEGINNINGS.has(key());
    found.sureGiven ||= isGiven && !LOOSE.has(key());
    found.family ||= isFamily;
    found.name ||= key() === 'name';
    at += count;
  }
  return found.given && (found.family || (found.name && found.sureGiven));
}

/** The name that the parts make; one that has the words of another and more is the whole of it. */
export function joinedName(parts: readonly string[]): string {
  const filled = parts.filter((part) => part !== '').map((part) => ({ part, words: new Set(wordsOf(part)) }));
  const whole = filled.filter(
    ({ words }) =>
      !filled.some((other) => other.words.size > words.size && [...words].every((one) => other.words.has(one))),
  );
  return whole.map(({ part }) => part).join(' ');
}

const wordsOf = (text: string) => text.toLowerCase().split(/[\s,]+/);
