/** What the columns we know are called, in many languages and through what programs put around a name. */
import { type KnownColumn, perColumn } from '#lib/domain/newcomer.ts';
import { ungarbled } from '#lib/domain/text/garbled-text.ts';
import { COLUMN_NAME_LIMIT } from '#lib/intake/csv/limits.ts';
import { withoutDateFormat } from '#lib/intake/csv/values/date-format.ts';
import { withoutFormula } from '#lib/intake/csv/values/values.ts';

/**
 * Names as people write them, best first. A bare "Country" or "Location" is left out: it may be where somebody was born. So is
 * `countryCode`, a number in Active Directory; its `c` holds the code and its `co` the name.
 */
const NAMES: Record<KnownColumn, readonly string[]> = {
  UserPrincipalName: [
    'userprincipalname',
    'upn',
    'userprincipal',
    'userlogonname',
    'benutzerprinzipalname',
    'benutzerprinzipal',
    'nomprincipaldelutilisateur',
    'nomprincipalutilisateur',
    'nomdutilisateurprincipal',
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
    'ユーザープリンシパル名',
    'ユーザーログオン名',
    '用户主体名称',
    '用户主体名',
    '用户登录名',
    '使用者主體名稱',
    '使用者主要名稱',
    '使用者登入名稱',
    '사용자계정이름',
    '사용자주체이름',
    '사용자로그온이름',
    'имяучастникапользователя',
    'основноеимяпользователя',
    'имяучасникакористувача',
    "ім'яучасникакористувача",
    'όνομακύριουχρήστη',
    'اسمالمستخدمالأساسي',
    'שםמשתמשראשי',
  ],
  CN: [
    'cn',
    'commonname',
    'displayname',
    'fullname',
    'employeename',
    'employeefullname',
    'workername',
    'name',
    'anzeigename',
    'vollstandigername',
    'vollername',
    'mitarbeitername',
    'namedesmitarbeiters',
    'vorundnachname',
    'nachname,vorname',
    'name,vorname',
    'nomcomplet',
    'nomaffiche',
    'nombrecompleto',
    'nombreparamostrar',
    'nomecompleto',
    'nomevisualizzato',
    'weergavenaam',
    'volledigenaam',
    'nometprenom',
    'nomprenom',
    'nombreyapellidos',
    'nomeecognome',
    'cognomeenome',
    'nomeparaexibicao',
    'nomedeexibicao',
    'nazwawyswietlana',
    'imieinazwisko',
    'nazwiskoiimie',
    'zobrazovanejmeno',
    'zobrazovanynazev',
    'jmenoaprijmeni',
    'prijmeniajmeno',
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
    'personname',
    'namedisplay',
    'formattedname',
    'legalfullname',
    'legalname',
    'payrollname',
    'internalname',
    'nev',
    '表示名',
    '氏名',
    '名前',
    'フルネーム',
    '社員名',
    '従業員名',
    '显示名称',
    '显示名',
    '姓名',
    '全名',
    '名称',
    '顯示名稱',
    '顯示名',
    '名稱',
    '표시이름',
    '성명',
    '이름',
    'отображаемоеимя',
    'фио',
    'полноеимя',
    'сотрудник',
    'працівник',
    "відображуванеім'я",
    'піб',
    "повнеім'я",
    'εμφανιζόμενοόνομα',
    'ονοματεπώνυμο',
    'اسمالعرض',
    'الاسمالكامل',
    'שםתצוגה',
    'שםמלא',
    'ชื่อที่แสดง',
    'ชื่อ-นามสกุล',
  ],
  EmployeeType: [
    'employeetype',
    'emptype',
    'empltype',
    'workertype',
    'employmenttype',
    'mitarbeitertyp',
    'mitarbeiterart',
    'beschaftigungsart',
    'typedemploye',
    'typeemploye',
    'tipodeempleado',
    'tipoempleado',
    'tipodipendente',
    'tipodidipendente',
    'tipodefuncionario',
    'tipofuncionario',
    'medewerkertype',
    'typemedewerker',
    'soortmedewerker',
    'tipodecolaborador',
    'typpracownika',
    'typzatrudnienia',
    'typzamestnance',
    'typzamestnanca',
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
    '社員区分',
    '従業員区分',
    '雇用区分',
    '雇用形態',
    '従業員の種類',
    '従業員タイプ',
    '社員タイプ',
    '社員種別',
    '员工类型',
    '员工类别',
    '雇员类型',
    '用工类型',
    '人员类型',
    '人员类别',
    '員工類型',
    '員工類別',
    '雇員類型',
    '人員類型',
    '人員類別',
    '직원유형',
    '직원구분',
    '사원구분',
    '고용형태',
    '고용유형',
    'типсотрудника',
    'категориясотрудника',
    'типзанятости',
    'типпрацівника',
    'категоріяпрацівника',
    'типзайнятості',
    'τύποςυπαλλήλου',
    'τύποςεργαζομένου',
    'نوعالموظف',
    'סוגעובד',
    'ประเภทพนักงาน',
  ],
  UsageLocation: [
    'usagelocation',
    'c',
    'nutzungsstandort',
    'verwendungsstandort',
    'landercode',
    'laendercode',
    'lieudutilisation',
    'paysdutilisation',
    'emplacementdutilisation',
    'ubicaciondeuso',
    'codicepaese',
    'gebruikslocatie',
    'posizionediutilizzo',
    'localitadiutilizzo',
    'localdeuso',
    'localdeutilizacao',
    'lokalizacjauzycia',
    'anvandningsplats',
    'landcode',
    'co',
    '利用場所',
    '使用場所',
    '使用位置',
    '使用地点',
    '使用地點',
    '사용위치',
    'местоположениеиспользования',
    'местоиспользования',
    'місцевикористання',
    'τοποθεσίαχρήσης',
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
    'firstdayofwork',
    'firstworkingday',
    'dateofcommencement',
    'commencementdate',
    'employmentstartdate',
    'dateofemployment',
    'workstartdate',
    'jobstartdate',
    'startingdate',
    'begindate',
    'datehired',
    'hiredon',
    'datejoined',
    'onboardingdate',
    'latesthiredate',
    'mostrecenthiredate',
    'lasthiredate',
    'startdt',
    'eintrittsdatum',
    'einstellungsdatum',
    'eintrittstermin',
    'eintrittam',
    'eintritt',
    'dienstantritt',
    'dienstbeginn',
    'arbeitsantritt',
    'arbeitsbeginn',
    'beschaftigungsbeginn',
    'ersterarbeitstag',
    'anstellungsdatum',
    'startdatum',
    'datedentree',
    'datededebut',
    'dateembauche',
    'dateentree',
    'datedebut',
    'datedarrivee',
    'datedeprisedeposte',
    'datedeprisedefonction',
    'fechadeinicio',
    'fechainicio',
    'fechaalta',
    'fechaingreso',
    'fechadecontratacion',
    'fechadeincorporacion',
    'datadiinizio',
    'datainizio',
    'datadingresso',
    'dataingresso',
    'datadeinicio',
    'datainicio',
    'datadecontratacao',
    'begindatum',
    'datumindienst',
    'indiensttreding',
    'indiensttredingsdatum',
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
    'datarozpoczeciapracy',
    'dataprzyjecia',
    'datumnastupu',
    'nastup',
    'anstallningsdatum',
    'tilltradesdatum',
    'startdato',
    'ansættelsesdato',
    'ansettelsesdato',
    'tiltrædelsesdato',
    'tiltredelsesdato',
    'aloituspaiva',
    'tyosuhteenalkupaiva',
    'alkamispaiva',
    'kezdodatum',
    'kezdesdatuma',
    'belepesdatuma',
    'felveteldatuma',
    'baslangıctarihi',
    'isebaslamatarihi',
    'isegiristarihi',
    'baslamatarihi',
    'dataangajarii',
    'dataangajare',
    '入社日',
    '入社年月日',
    '入社予定日',
    '採用日',
    '雇用開始日',
    '着任日',
    '開始日',
    '入职日期',
    '入职时间',
    '入职日',
    '开始日期',
    '报到日期',
    '到職日',
    '到職日期',
    '報到日期',
    '開始日期',
    '入職日期',
    '입사일',
    '입사일자',
    '입사날짜',
    '채용일',
    '시작일',
    '시작날짜',
    'датаначала',
    'датаприема',
    'датаприеманаработу',
    'датанайма',
    'дататрудоустройства',
    'датапочатку',
    'датаприйому',
    'датаприйняття',
    'ημερομηνίαέναρξης',
    'ημερομηνίαπρόσληψης',
    'تاريخالبدء',
    'تاريخالتعيين',
    'תאריךהתחלה',
    'วันที่เริ่มงาน',
  ],
};

/** A byte-order mark that was read as text and saved again. */
const MARK_AS_TEXT = /^(?:\u00ef\u00bb\u00bf)+/;

/** The key by which column names are compared: without case, accents, blanks, `_`, `-`, `.`, apostrophes, quotes, stars and colons. */
export function columnKey(name: string): string {
  return name
    .replace(MARK_AS_TEXT, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\s\p{M}\p{Cf}_.'’`"“”„«»‹›*:#!?†‡※-]/gu, '');
}

/** The names by which columns are known, as `columnKey` gives them, best first. */
export const ALIASES = perColumn((column): readonly string[] => NAMES[column].map(columnKey));

/** Names that may well mean something else: any other name is surer. */
export const GENERIC: ReadonlySet<string> = new Set(
  ['type', 'typ', 'name', 'nev', '名前', '名称', '名稱', '이름'].map(columnKey),
);

/** Names of the EmployeeType that are a second column beside it elsewhere: any other name but a generic one is surer. */
export const KINDRED: ReadonlySet<string> = new Set(['workertype', 'employmenttype']);

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
