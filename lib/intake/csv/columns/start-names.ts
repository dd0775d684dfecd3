/** Tells by its words whether the name of a column nobody listed means the first day: `Planned contract start`, `Vertragsbeginn`, `Beschäftigt ab`. Pure. */
import { columnKey, keysOf } from './column-names.ts';
import { isAboutSomebodyElse, isFormer } from './written-names.ts';

/** Words that say so themselves. */
const SURE = keysOf(
  `start starts started starting begin begins commences commencement firstday firstworkday onboard
   beginn antritt eintritt gültigab gueltigab aktivab tätigab taetigab beschäftigtab beschaeftigtab angestelltab imhausab erstertag ersterarbeitstag 1.tag 1.arbeitstag
   début embauche prisedeposte prisedefonction prisedefonctions inicio decorrenza inizio início indiensttreding rozpoczęcia nástup nástupu
   validfrom effectivefrom activefrom employedfrom employedsince doj commences
   premierjour premierjourdetravail arrivéele eerstewerkdag indienstper indienstvanaf pierwszydzieńpracy
   tiltrædelse tiltredelse tillträde førstearbejdsdag førstearbeidsdag förstaarbetsdag ansatfra ansattfra anställdfrån
   aloitus aloituspäivämäärä alkamispäivä alkamispäivämäärä ensimmäinentyöpäivä alguskuupäev tööleasumise sākuma darbasākuma pradžios darbopradžia upphafsdagur
   inici începerii începere dataînceput kezdete kezdési belépés munkábalépés munkábaállás başlama başlangıç
   početka početak začetka почетка почетак наступа началнадата започване начала первыйрабочийдень первыйденьработы выходанаработу початку першийробочийдень виходунароботу έναρξης
   ngàybắtđầu ngàyvàolàm ngàynhậnviệc tanggalmulai tanggalbergabung tanggalmasuk tarikhmula tarikhlapordiri
   תחילת התחלה البدء بدء المباشرة شروع เริ่มงาน เริ่มต้น เข้างาน
   開始 入社 入職 着任 就任 开始 入职 到岗 上岗 报到 到職 報到 입사 시작`,
);
/** Words that do only beside one for a day. */
const WITH_DAY = keysOf(
  `hire hired hiring rehire join joins joined joining entry arrival activation effective onboarding
   anstellung anstellungs einstellung einstellungs eintritts antritts dienstantritts
   entrée arrivée ingreso alta contratación incorporación ingresso assunzione admissão contratação ingang ingangs
   tiltrædelses tiltredelses tillträdes zatrudnienia przyjęcia entrada vzniku zaposlenja zaposlitve nastopa rada angajării intrării incorporació
   приема приёма найма трудоустройства поступления прийому прийняття постъпване назначаване заетост запослења πρόσληψης
   įsidarbinimo ráðningar giriş التعيين الالتحاق קליטה 採用 채용`,
);
const DAY = keysOf(`date dt day datetime timestamp on since datum tag termin zeitpunkt am fecha data dato dat
   datum dátum dátuma napja den deň dzień päivä päivämäärä kuupäev datums diena dagur tarihi tarih ngày tanggal tarikh
   дата датум день ημερομηνία ημ νία תאריך تاريخ تاریخ วันที่ วัน 日 日付 年月日 月日 日期 时间 時間 일 일자 날짜`);
/** What may stand beside them and changes nothing. */
const BESIDE = keysOf(
  `planned expected anticipated scheduled projected proposed estimated target actual current effective new newhire newstarter employee worker user person staff member
   account contract contractual position assignment job company service employment work working role official latest mostrecent when utc of at in the to for as is will
   geplant geplante geplanter geplantes voraussichtlich voraussichtliche voraussichtlicher erwartet erwarteter vertrag vertrags arbeit arbeits arbeitsverhältnis arbeitsverhältnisses
   tätigkeit tätigkeits dienst dienstverhältnis beschäftigung beschäftigungs mitarbeiter der des die im in vom von zum unternehmen firma haus stelle neuer
   de d du l la le en dans contrat prévu prévue poste emploi travail fonction fonctions entreprise société salarié collaborateur
   del el contrato prevista previsto laboral trabajo empleo actividad relación di contratto rapporto lavoro attività servizio do da trabalho
   pracovního poměru zaměstnání práce do w umowie munkaviszony munkába munka työsuhteen työn darbo darba lucrului muncă contractului işe göreve iş
   работу работы на в договора трудового фактическая фактического планируемая плановая роботу роботи договору работа rada dela delovnega
   עבודה העסקה العمل عمل kerja làm việc công
   予定 勤務 就業 契約 雇用 業務 実際 预计 預計 计划 合同 合約 劳动 实际 實際 예정 근무 계약 고용 첫
   van het dienstverband verwachte geplande planerad planerat planlagt forventet planowana umowy pracy plánovaný`,
);

const [sure, withDay, day] = [SURE, WITH_DAY, DAY].map((words) => new Set(words));
const ALL = new Set([...SURE, ...WITH_DAY, ...DAY, ...BESIDE]);
const LONGEST = Math.max(...[...ALL].map((word) => word.length));

/** The words that a text is made of, the longest first; null where it holds anything else. */
function wordsOf(text: string): readonly string[] | null {
  const key = columnKey(text);
  const words: string[] = [];
  for (let at = 0; at < key.length; ) {
    let length = LONGEST;
    while (length > 0 && !ALL.has(key.slice(at, at + length))) length--;
    if (length === 0) return null;
    words.push(key.slice(at, at + length));
    at += length;
  }
  return words;
}

/** Whether a name is made of such words and nothing else; of several the first counts: `Start date 1`. */
export function saysStart(name: string): boolean {
  if (isAboutSomebodyElse(name) || isFormer(name)) return false;
  const parts = name
    .replace(/ ?1$/, '')
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .split(/[^\p{L}\p{M}]+/u);
  const byPart = parts.map(wordsOf);
  return [wordsOf(name), byPart.every((words) => words !== null) ? byPart.flat() : null].some((words) => {
    const has = (set: ReadonlySet<string> | undefined) => words?.some((word) => set?.has(word ?? '')) ?? false;
    return has(sure) || (has(withDay) && has(day));
  });
}

const PARTS = {
  year: keysOf('year yyyy jahr année año anno jaar rok år vuosi év yıl anul год рік година 年'),
  month: keysOf(
    'month mm monat mois mes mese mês maand miesiąc měsíc måned månad kuukausi hónap luna месяц місяць месец 月',
  ),
  day: keysOf('day dd tag jour día giorno dia dag dzień den päivä nap gün ziua день ден 日'),
};
export type PartOfStart = keyof typeof PARTS;
const PARTS_OF_START = Object.keys(PARTS) as PartOfStart[];

/** Which part of the first day a column of this name has: `Start month`, `Eintrittsjahr`, `Hire date (day)`. */
export function partOfStart(name: string): PartOfStart | null {
  if (isAboutSomebodyElse(name) || isFormer(name)) return null;
  const key = columnKey(name.replace(/(?<!\p{L})d['’]|[^\p{L}\p{M}]/giu, ''));
  const isStart = (rest: string) => wordsOf(rest)?.some((word) => sure?.has(word) || withDay?.has(word)) ?? false;
  const isPart = (word: string) =>
    (key.startsWith(word) && isStart(key.slice(word.length))) ||
    (key.endsWith(word) && isStart(key.slice(0, -word.length)));
  return PARTS_OF_START.find((part) => PARTS[part].some(isPart)) ?? null;
}

/** Days that come later than the first one, or have nothing to do with it. */
const OTHER_DAY =
  /end|exit|leav|last|until|expir|term|probation|review|renew|birth|anniv|pay|bis|ablauf|austritt|letzt|probe|befrist|kündig|gebur|frist|fin|sortie|échéance|naiss|salida|baja|cese|vence|nacim|scad|cessaz|uscita|nascita|término|saída|einde|uit|konec|koniec|slut/iu;

/** Whether a day in a column of this name could be the first one at all. */
export const mayBeStart = (name: string): boolean => !OTHER_DAY.test(name) && !isAboutSomebodyElse(name);
