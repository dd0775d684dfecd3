/** What the columns we know are called, in many languages and through what programs put around a name. */
import type { KnownColumn } from '#lib/domain/newcomer.ts';
import { COLUMN_NAME_LIMIT } from './limits.ts';

/**
 * Names as `columnKey` gives them, best first. A bare "Country" or "Location" is left out: it may be where somebody was born. So is
 * `countryCode`, a number in Active Directory; its `c` holds the code and its `co` the name.
 */
export const ALIASES: Record<KnownColumn, readonly string[]> = {
  UserPrincipalName: [
    'userprincipalname',
    'upn',
    'userprincipal',
    'userlogonname',
    'benutzerprinzipalname',
    'benutzerprinzipal',
    'nomprincipaldelutilisateur',
    'nomprincipalutilisateur',
    'nombreprincipaldeusuario',
    'nombreprincipaldelusuario',
    'nomeprincipaleutente',
    'nomeprincipaldousuario',
    'gebruikersprincipalnaam',
    'nomeupn',
    'nazwaupn',
    'głownanazwauzytkownika',
    'hlavninazevuzivatele',
    'anvandarenshuvudnamn',
    'brugerenshovednavn',
    'brugerhovednavn',
    'brukerhovednavn',
    'kayttajanpaanimi',
    'egyszerufelhasznalonev',
    'numeprincipalutilizator',
    'kullanıcıasıladı',
  ],
  CN: [
    'cn',
    'commonname',
    'displayname',
    'fullname',
    'name',
    'anzeigename',
    'vollstandigername',
    'vollername',
    'nomcomplet',
    'nomaffiche',
    'nombrecompleto',
    'nombreparamostrar',
    'nomecompleto',
    'nomevisualizzato',
    'weergavenaam',
    'volledigenaam',
    'nometprenom',
    'nombreyapellidos',
    'nomeecognome',
    'nomeparaexibicao',
    'nomedeexibicao',
    'nazwawyswietlana',
    'imieinazwisko',
    'zobrazovanejmeno',
    'zobrazovanynazev',
    'jmenoaprijmeni',
    'celejmeno',
    'visningsnamn',
    'fullstandigtnamn',
    'visningsnavn',
    'vistnavn',
    'fuldenavn',
    'fulltnavn',
    'nayttonimi',
    'kokonimi',
    'megjelenitettnev',
    'teljesnev',
    'goruntulenenad',
    'adsoyad',
    'numeafisat',
    'numecomplet',
    'nev',
  ],
  EmployeeType: [
    'employeetype',
    'emptype',
    'empltype',
    'mitarbeitertyp',
    'mitarbeiterart',
    'beschaftigungsart',
    'typedemploye',
    'typeemploye',
    'tipodeempleado',
    'tipoempleado',
    'tipodipendente',
    'tipodefuncionario',
    'medewerkertype',
    'typemedewerker',
    'soortmedewerker',
    'tipodecolaborador',
    'typpracownika',
    'typzatrudnienia',
    'typzamestnance',
    'anstallningstyp',
    'anstallningsform',
    'medarbetartyp',
    'medarbejdertype',
    'ansættelsestype',
    'medarbeidertype',
    'ansattype',
    'ansettelsestype',
    'tyontekijatyyppi',
    'tyosuhdetyyppi',
    'alkalmazotttipusa',
    'alkalmazottitipus',
    'munkavallalotipusa',
    'calısantipi',
    'calısanturu',
    'personeltipi',
    'tipangajat',
    'type',
    'typ',
  ],
  UsageLocation: [
    'usagelocation',
    'c',
    'nutzungsstandort',
    'verwendungsstandort',
    'landercode',
    'laendercode',
    'lieudutilisation',
    'emplacementdutilisation',
    'ubicaciondeuso',
    'codicepaese',
    'gebruikslocatie',
    'localdeuso',
    'localdeutilizacao',
    'lokalizacjauzycia',
    'anvandningsplats',
    'landcode',
    'co',
  ],
  StartDate: [
    'startdate',
    'hiredate',
    'hiredt',
    'employeehiredate',
    'dateofhire',
    'joiningdate',
    'joindate',
    'dateofjoining',
    'entrydate',
    'firstday',
    'eintrittsdatum',
    'startdatum',
    'datedentree',
    'datededebut',
    'fechadeinicio',
    'datadiinizio',
    'datadeinicio',
    'begindatum',
    'datumindienst',
    'datumindiensttreding',
    'datedembauche',
    'fechadeingreso',
    'fechadealta',
    'datadiassunzione',
    'dataassunzione',
    'datadeadmissao',
    'dataadmissao',
    'datarozpoczecia',
    'datazatrudnienia',
    'datumnastupu',
    'anstallningsdatum',
    'startdato',
    'ansættelsesdato',
    'ansettelsesdato',
    'aloituspaiva',
    'alkamispaiva',
    'kezdodatum',
    'kezdesdatuma',
    'belepesdatuma',
    'baslangıctarihi',
    'isebaslamatarihi',
    'dataangajarii',
  ],
};

/** Names that may well mean something else: any other name is surer. */
export const GENERIC: ReadonlySet<string> = new Set(['type', 'typ', 'name', 'nev']);

/** A byte-order mark that was read as text and saved again. */
const MARK_AS_TEXT = /^(?:\u00ef\u00bb\u00bf)+/;

/** The key by which column names are compared: without case, accents, blanks, `_`, `-`, `.`, apostrophes, quotes, stars and colons. */
export function columnKey(name: string): string {
  return name
    .replace(MARK_AS_TEXT, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\s\p{M}\p{Cf}_.'’"“”„«»‹›*:#!?†‡-]/gu, '');
}

/** What stands before the first line break or bracket of a name, behind which templates explain it. */
export function beforeRemarks(name: string): string {
  return (
    name
      .slice(0, COLUMN_NAME_LIMIT)
      .trimStart()
      .split(/[\r\n[({<]/, 1)[0] ?? ''
  );
}

/** What ServiceNow, SuccessFactors and Entra put before the name of a column of one's own, and Salesforce behind it. */
const OWN = /^\s*(?:u|cust|custom|extension_[0-9a-f]{32})_|__c\s*$/gi;

/** The name without such a mark; null where it has none. Any other name is surer. */
export function withoutOwnMark(name: string): string | null {
  const text = name.slice(0, COLUMN_NAME_LIMIT);
  const own = text.replace(OWN, '');
  return own === text ? null : own;
}

const REMARK =
  /\b(?:required|mandatory|optional|compulsory|pflichtfeld|pflicht|erforderlich|obligatoire|obligatorio|facultatif|opcional|verplicht|optioneel|obbligatorio|wymagane)\b/giu;

/**
 * The names that the name of a column may hold, the likeliest first: what stands in square brackets or braces, the rest without remarks,
 * what stands in round ones, the part after the last dot or slash of a path, the first of several lines.
 */
export function namesIn(name: string): string[] {
  const within = (brackets: RegExp) => [...name.matchAll(brackets)].map(([, inner = '']) => inner);
  const bare = name.replace(/[[({<][^[({<\])}>]*[\])}>]/g, ' ').replace(REMARK, ' ');
  const last = /[./\\:]([^./\\:]+)$/.exec(bare)?.[1] ?? '';
  const firstLine = /[\r\n]/.test(name) ? [beforeRemarks(name)] : [];
  return [...within(/[[{]([^[{\]}]*)[\]}]/g), bare, name, ...within(/[(<]([^(<)>]*)[)>]/g), last, ...firstLine];
}
