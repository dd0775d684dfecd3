/** Rows that say of themselves that they are about somebody who leaves, or is to get no mailbox: full lists and lists of changes name those as well. Pure. */
import { columnKey, keySet } from '#lib/intake/csv/columns/column-names.ts';
import { namesIn, withoutOwnMark } from '#lib/intake/csv/columns/written-names.ts';
import { type DateOrder, UNKNOWN_ORDER } from './date-order.ts';
import { possibleDates } from './dates.ts';

/**
 * A column that says what is to be done about a row, what has happened, or what has become of its person; a mark is ticked where the
 * person leaves, an end is the day on which one does, and one that is there says no where the person is not. One that is wanted says no
 * where nobody wants a mailbox for the person, one that is to be left out says yes. A note says what it likes.
 */
type LeaverKind = 'action' | 'event' | 'state' | 'mark' | 'end' | 'there' | 'wanted' | 'left_out' | 'note';

export interface LeaverColumn {
  name: string;
  at: number;
  kind: LeaverKind;
}

const ACTIONS = keySet(
  `action actiontype actioncode syncaction rowaction recordaction actionname changetype operation operationtype op eventtype transactiontype requesttype personnelaction lifecycleevent
   iud delta deltatype changestate updatetype movementtype crud
   aktion aktionstyp änderungsart änderungstyp änderungskennzeichen massnahme maßnahme massnahmenart maßnahmenart bewegungsart anforderungsart opération typedaction typedemouvement acción acciones operación azione operazione ação operação
   actie bewerking akcja operacja åtgärd действие операция дія akce művelet işlem acțiune 処理区分 更新区分 操作 操作类型 操作類型 작업`,
);
/** Free text: there a cell counts only where a hiring was called off and nothing else stands. */
const NOTES = keySet(
  `comment comments note notes remark remarks bemerkung bemerkungen anmerkung kommentar notiz hinweis commentaire commentaires remarque observaciones comentario comentarios nota note opmerking opmerkingen uwagi poznámka kommentti komentář примечание комментарий 備考 备注 備註 비고`,
);
/** Names that may well mean something else: there a cell counts only where it says nothing besides. */
const EVENTS = keySet(
  `event request change movement handling vorgang ereignis bewegung événement mouvement evento movimiento movimento mutation mutatie wijziging tapahtuma`,
);
const STATES = keySet(
  `status positionstatus cloudlifecyclestate identitystate employeestatus employmentstatus emplstatus empstatus workerstatus userstatus personstatus hrstatus jobstatus assignmentstatus recordstatus activestatus lifecyclestatus lifecyclestate lifecycle
   mitarbeiterstatus benutzerstatus personalstatus beschäftigungsstatus beschäftigungsverhältnisstatus statut statutemployé étatemployé estado estadoempleado estadodeempleado stato statodipendente
   situação situaçãofuncionário medewerkerstatus dienstverbandstatus statuspracownika anställningsstatus ansættelsesstatus ansattstatus tila статус статуссотрудника статуспрацівника стан stav stavzaměstnance állapot státusz durum çalışandurumu stare κατάσταση 在籍状況 在籍区分 在职状态 员工状态 在職狀態 재직상태 재직구분`,
);

/** Not "disabled", as accounts are before the first day, nor "leave", as of absence. */
const WORDS = keySet(
  `del leaver left leaving leftcompany lefttheorganization inactive notactive nolongeractive nolongeremployed retired resigned resignation deceased exit exited departed departure separated separation former formeremployee exemployee
   fired laidoff endcontract endemployment endcontingentworkercontract canceled cancelled withdrew withdrawn donotprocess donotprovision donotlicense donotlicence donotcreate offerwithdrawn rescinded hirerescinded rescindhire offerrescinded declined offerdeclined rejected offerrejected noshow didnotstart notstarting neverstarted ter
   löschen gelöscht löschung entfernen entfernt austritt ausgetreten austreten ausgeschieden ausscheiden abgang inaktiv deaktivieren deaktiviert gekündigt kündigung ehemalig ehemalige ehemaliger verstorben storniert storno abgesagt absage nichterschienen nichtangetreten rente
   supprimer supprimé supprimée suppression sortie sorti sortant parti départ inactif inactive désactivé désactiver résilié licencié démissionnaire démission retraité
   eliminar eliminado borrar baja inactivo inactiva cesado terminado desactivado jubilado eliminare elimina eliminato cessato cessata cessazione inattivo inattiva dimesso dimissioni licenziato
   verwijderen verwijderd uitdienst inactief vertrokken excluir excluído demitido desligado desligamento inativo inativa rescindido usuń usunąć usunięty nieaktywny zwolniony avslutad avsluttet fratrådt sluttet slettet slett radera
   уволен уволена увольнение неактивен неактивна удалить удален удалён удаление звільнений звільнена звільнення неактивний видалити ukončen ukončena odešel neaktivní smazat smazán zrušen
   kilépett inaktív törlés törölt ayrıldı işten-çıktı pasif silindi sil plecat inactivă concediat poistettu päättynyt lopettanut ανενεργός αποχώρησε
   削除 退職 退職済 退職済み 退社 离职 已离职 删除 離職 已離職 刪除 퇴사 퇴직 삭제`,
);
const ENDED =
  /^(?:terminat|delet|remov|deactivat|deprovision|offboard)(?:e|ed|es|ion|ing)?(?:user|employee|employment|account|worker|person|contract)?$/;
/** What became of a hiring, as people write it beside a name or with a reason behind it. */
const CALLED_OFF =
  'cancell?ed|withdrawn|withdrew|declined|rescinded|no[- ]?show|not (?:starting|coming|joining)|did not (?:start|join)|storniert|abgesagt|zurückgezogen|nicht (?:angetreten|erschienen)|kommt (?:doch )?nicht|annulée?|désisté|désistement|cancelad[oa]|anulad[oa]|annullat[oa]|ritirat[oa]|geannuleerd|teruggetrokken|anulowan[oya]|zrušen[oa]|avbruten|avlyst';
const BEGINS_CALLED_OFF = new RegExp(String.raw`^(?:${CALLED_OFF})(?!\p{L})`, 'iu');
const ONLY_CALLED_OFF = new RegExp(
  `^(?:${CALLED_OFF}|do not (?:process|provision|licen[sc]e|create)|nicht (?:lizenzieren|anlegen))[.!]?$`,
  'iu',
);
/** In brackets, or before or behind a colon or a dash: no name of a person has it there. */
const NAME_CALLED_OFF = new RegExp(
  String.raw`[([] ?(?:${CALLED_OFF})(?!\p{L})[^)\]]{0,60}[)\]]|^(?:${CALLED_OFF}) ?(?::|[-–—] )|[:–—-] ?(?:${CALLED_OFF})$`,
  'iu',
);

/** What beside a name says that its person does not come after all; null for nearly every name. */
export function calledOff(name: string): string | null {
  return /[([:–—-]/.test(name) ? (NAME_CALLED_OFF.exec(name)?.[0] ?? null) : null;
}

const MARKS = keySet(
  `deleted isdeleted terminated isterminated leaver isleaver inactive isinactive removed isremoved offboarded gelöscht ausgetreten ausgeschieden inaktiv supprimé eliminado eliminato verwijderd`,
);
/** Not "enabled", which accounts are not before the first day. */
const THERE = keySet(
  `active isactive currentlyactive activeflag activeindicator activeemployee activeyn employed isemployed currentlyemployed stillemployed aktiv istaktiv aktivkennzeichen beschäftigt
   activo activa actif attivo attiva ativo ativa actief aktywny aktywna aktivní aktivan aktív активен активный 在籍 在职 재직여부`,
);
/** Not "mailbox" or "account" alone, nor "no mailbox": that may say what is there already, and newcomers have none. */
const WANTED = keySet(
  `needsmailbox mailboxneeded mailboxrequired requiresmailbox mailboxwanted createmailbox emailrequired emailneeded needsemail requiresemail createemail emailaccountrequired emailaccountneeded mailrequired mailneeded needsmail
   licenserequired licencerequired licenseneeded licenceneeded needslicense needslicence requireslicense requireslicence assignlicense assignlicence m365required m365licenserequired o365required office365required microsoft365required
   provision provisionmailbox toprovision postfacherforderlich postfachbenötigt postfachnötig postfachgewünscht postfachanlegen benötigtpostfach emailbenötigt emailerforderlich emailgewünscht mailbenötigt mailerforderlich
   emailkontoerforderlich lizenzbenötigt lizenzerforderlich lizenzzuweisen boîtemailrequise requierebuzón postvaknodig`,
);
const LEFT_OUT = keySet(
  `exclude excluded isexcluded ignore ignored skip donotprovision donotlicense donotlicence donotimport donotprocess
   ausschließen ausgeschlossen ignorieren überspringen nichtlizenzieren nichtimportieren exclure excluir escludere uitsluiten`,
);
/** The end of a contract or of a record is none of these: contracts are extended, and lists keep the old date. */
const ENDS = keySet(
  `terminationdate dateoftermination termdate employmentenddate dateofemploymentend lastday lastdayofwork lastworkingday lastworkday lastdayofemployment lastdateworked leavedate leavingdate dateofleaving
   leaverdate employeeleavedatetime employeeleavedate exitdate separationdate resignationdate departuredate enddateofemployment
   austrittsdatum austritt austrittam ausgetretenam austrittstermin letzterarbeitstag letztertag beschäftigungsende datedesortie datededépart
   fechadebaja fechabaja fechadeterminación fechadesalida fechadecese datadicessazione datacessazione datafinerapporto
   datumuitdienst uitdiensttreding datadesaída datadedemissão datadedesligamento datazwolnienia anställningsslut fratrædelsesdato
   датаувольнения датазвільнення kilépésdátuma işten-çıkıştarihi çıkıştarihi 退職日 退職年月日 退社日 離職日 离职日期 離職日期 퇴사일 퇴직일`,
);
const TICKED = keySet('true 1 yes y x ja j wahr oui vrai o si s vero verdadero sim tak ✓ ✔ ☑ はい 是 예');
const NOT_TICKED = keySet(
  'false 0 no n nein falsch non faux não nao falso nee nie нет ні ne nem hayır いいえ 否 아니오 아니요 ✗ ✘ ☐',
);
/** In a list of changes, beside A and M or I and U. */
const DELETE_CODE = 'd';
/** Before that, an end is how systems say that there is none: 1753-01-01, 1900-01-01, 1970-01-01. */
const FIRST_END = '1980-01-02';
/** A longer cell is a note. */
const LONGEST = 60;

const KINDS: readonly (readonly [ReadonlySet<string>, LeaverKind])[] = [
  [ACTIONS, 'action'],
  [EVENTS, 'event'],
  [NOTES, 'note'],
  [STATES, 'state'],
  [MARKS, 'mark'],
  [ENDS, 'end'],
  [THERE, 'there'],
  [WANTED, 'wanted'],
  [LEFT_OUT, 'left_out'],
];

/** Those of the columns that may say that a row is about somebody who leaves. */
export function leaverColumns(columns: readonly { name: string; at: number }[]): LeaverColumn[] {
  return columns.flatMap(({ name, at }) => {
    const keys = [...namesIn(name), withoutOwnMark(name) ?? ''].map(columnKey);
    const has = (names: ReadonlySet<string>) => keys.some((key) => names.has(key));
    const [, kind = null] = KINDS.find(([names]) => has(names)) ?? [];
    return kind === null ? [] : [{ name, at, kind }];
  });
}

/**
 * Whether a cell of such a column says so, alone or beside a code or a remark: `T - Terminated`, `Left (voluntary)`, a day that has passed.
 * `startDate`: whoever begins after the end comes back, and who has not begun is not there yet.
 */
export function saysLeaving(
  text: string,
  kind: LeaverKind,
  dates: DateOrder,
  today: string,
  startDate: string | null,
): boolean {
  if (text.length > LONGEST || text === '') return false;
  if (kind === 'end') {
    const ends = possibleDates(text, dates);
    return (
      ends.length > 0 &&
      ends.every((end) => end >= FIRST_END && end < today && (startDate === null || startDate <= end))
    );
  }
  const whole = columnKey(text);
  // Before the first day nobody is there yet, and where it is not known this says no more than a disabled account.
  if (kind === 'there') return NOT_TICKED.has(whole) && startDate !== null && startDate < today;
  if (kind === 'wanted') return NOT_TICKED.has(whole);
  if (kind === 'left_out') return TICKED.has(whole);
  if (kind === 'note') return ONLY_CALLED_OFF.test(text);
  if (kind === 'event') return WORDS.has(whole) || ENDED.test(whole);
  if (kind === 'mark' && TICKED.has(whole)) return true;
  if (kind === 'action' && whole === DELETE_CODE) return true;
  if (BEGINS_CALLED_OFF.test(text)) return true;
  return [whole, ...text.split(/[^\p{L}\p{M}'’\s]+/u).map(columnKey)].some((key) => WORDS.has(key) || ENDED.test(key));
}

/** Whether a cell would say so in a column of some kind. */
export function maySayLeaving(text: string): boolean {
  return KINDS.some(([, kind]) => saysLeaving(text, kind, UNKNOWN_ORDER, '9999', null));
}
