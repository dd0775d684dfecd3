/** Rows that say of themselves that they are about somebody who leaves: full lists and lists of changes name those as well. Pure. */
import { columnKey, namesIn, withoutOwnMark } from './column-names.ts';

/** A column that says what is to be done about a row, or what has become of its person; a mark is ticked where the person leaves. */
type LeaverKind = 'action' | 'state' | 'mark';

export interface LeaverColumn {
  name: string;
  at: number;
  kind: LeaverKind;
}

const keysOf = (names: string): ReadonlySet<string> => new Set(names.split(/\s+/).map(columnKey));

const ACTIONS = keysOf(
  `action actiontype actioncode syncaction rowaction recordaction actionname changetype change operation operationtype op event eventtype transactiontype requesttype request personnelaction lifecycleevent
   iud delta deltatype changestate updatetype movement movementtype crud
   aktion aktionstyp änderungsart änderungstyp änderungskennzeichen vorgang ereignis massnahme maßnahme massnahmenart maßnahmenart bewegung bewegungsart anforderungsart opération événement typedaction mouvement typedemouvement movimiento movimento mutation mutatie acción acciones evento operación azione operazione ação operação
   actie bewerking wijziging akcja operacja åtgärd handling tapahtuma действие операция дія akce művelet işlem acțiune 処理区分 更新区分 操作 操作类型 操作類型 작업`,
);
const STATES = keysOf(
  `status positionstatus cloudlifecyclestate identitystate employeestatus employmentstatus emplstatus empstatus workerstatus userstatus personstatus hrstatus jobstatus assignmentstatus recordstatus activestatus lifecyclestatus lifecyclestate lifecycle
   mitarbeiterstatus benutzerstatus personalstatus beschäftigungsstatus beschäftigungsverhältnisstatus statut statutemployé étatemployé estado estadoempleado estadodeempleado stato statodipendente
   situação situaçãofuncionário medewerkerstatus dienstverbandstatus statuspracownika anställningsstatus ansættelsesstatus ansattstatus tila статус статуссотрудника статуспрацівника стан stav stavzaměstnance állapot státusz durum çalışandurumu stare κατάσταση 在籍状況 在籍区分 在职状态 员工状态 在職狀態 재직상태 재직구분`,
);

/** Not "disabled", as accounts are before the first day, nor "leave", as of absence. */
const WORDS = keysOf(
  `del leaver left leaving leftcompany lefttheorganization inactive notactive nolongeractive nolongeremployed retired resigned resignation deceased exit exited departed departure separated separation former formeremployee exemployee
   fired laidoff endcontract endemployment endcontingentworkercontract canceled cancelled withdrawn rescinded hirerescinded rescindhire noshow ter
   löschen gelöscht löschung entfernen entfernt austritt ausgetreten austreten ausgeschieden ausscheiden abgang inaktiv deaktivieren deaktiviert gekündigt kündigung ehemalig ehemalige ehemaliger verstorben storniert rente
   supprimer supprimé supprimée suppression sortie sorti sortant parti départ inactif inactive désactivé désactiver résilié licencié démissionnaire démission retraité
   eliminar eliminado borrar baja inactivo inactiva cesado terminado desactivado jubilado eliminare elimina eliminato cessato cessata cessazione inattivo inattiva dimesso dimissioni licenziato
   verwijderen verwijderd uitdienst inactief vertrokken excluir excluído demitido desligado desligamento inativo inativa rescindido usuń usunąć usunięty nieaktywny zwolniony avslutad avsluttet fratrådt sluttet slettet slett radera
   уволен уволена увольнение неактивен неактивна удалить удален удалён удаление звільнений звільнена звільнення неактивний видалити ukončen ukončena odešel neaktivní smazat smazán zrušen
   kilépett inaktív törlés törölt ayrıldı işten-çıktı pasif silindi sil plecat inactivă concediat poistettu päättynyt lopettanut ανενεργός αποχώρησε
   削除 退職 退職済 退職済み 退社 离职 已离职 删除 離職 已離職 刪除 퇴사 퇴직 삭제`,
);
const ENDED =
  /^(?:terminat|delet|remov|deactivat|deprovision|offboard)(?:e|ed|es|ion|ing)?(?:user|employee|employment|account|worker|person|contract)?$/;
const MARKS = keysOf(
  `deleted isdeleted terminated isterminated leaver isleaver inactive isinactive removed isremoved offboarded gelöscht ausgetreten ausgeschieden inaktiv supprimé eliminado eliminato verwijderd`,
);
const TICKED = keysOf('true 1 yes y x ja j wahr oui vrai o si s vero verdadero sim tak ✓ ✔ ☑ はい 是 예');
/** In a list of changes, beside A and M or I and U. */
const DELETE_CODE = 'd';
/** A longer cell is a note. */
const LONGEST = 60;

/** Those of the columns that may say that a row is about somebody who leaves. */
export function leaverColumns(columns: readonly { name: string; at: number }[]): LeaverColumn[] {
  return columns.flatMap(({ name, at }) => {
    const keys = [...namesIn(name), withoutOwnMark(name) ?? ''].map(columnKey);
    const has = (names: ReadonlySet<string>) => keys.some((key) => names.has(key));
    const kind = has(ACTIONS) ? 'action' : has(STATES) ? 'state' : has(MARKS) ? 'mark' : null;
    return kind === null ? [] : [{ name, at, kind }];
  });
}

/** Whether a cell of such a column says so, alone or beside a code or a remark: `T - Terminated`, `Left (voluntary)`. */
export function saysLeaving(text: string, kind: LeaverKind): boolean {
  if (text.length > LONGEST) return false;
  const whole = columnKey(text);
  if (kind === 'mark' && TICKED.has(whole)) return true;
  if (kind === 'action' && whole === DELETE_CODE) return true;
  return [whole, ...text.split(/[^\p{L}\p{M}'’\s]+/u).map(columnKey)].some((key) => WORDS.has(key) || ENDED.test(key));
}
