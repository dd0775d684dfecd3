/** What the columns we know are called, in many languages. Pure. */
import type { KnownColumn } from '#lib/domain/newcomer.ts';

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

/** The keys of names that stand beside each other, with blanks between them, in their order. */
export function keysOf(names: string): string[] {
  return names.trim().split(/\s+/).map(columnKey);
}

/** The same, where their order says nothing. */
export function keySet(names: string): ReadonlySet<string> {
  return new Set(keysOf(names));
}

/**
 * The names by which columns are known, as `columnKey` gives them, best first. A bare "Country" or "Location" is left out: it may be where somebody was born. So is
 * `countryCode`, a number in Active Directory; its `c` holds the code and its `co` the name.
 */
export const ALIASES: Readonly<Record<KnownColumn, readonly string[]>> = {
  UserPrincipalName: keysOf(
    `userprincipalname upn userprincipal userlogonname benutzerprinzipalname benutzerprinzipal nomprincipaldelutilisateur nomprincipalutilisateur
     nomdutilisateurprincipal nombreprincipaldeusuario nombreprincipaldelusuario nomeprincipaleutente nomeprincipaldousuario
     gebruikersprincipalnaam nomeupn nazwaupn głownanazwauzytkownika hlavninazevuzivatele anvandarenshuvudnamn brugerenshovednavn brugerhovednavn
     brukerhovednavn kayttajanpaanimi egyszerufelhasznalonev numeprincipalutilizator kullanıcıasıladı ユーザープリンシパル名 ユーザーログオン名 用户主体名称 用户主体名 用户登录名
     使用者主體名稱 使用者主要名稱 使用者登入名稱 사용자계정이름 사용자주체이름 사용자로그온이름 имяучастникапользователя основноеимяпользователя имяучасникакористувача
     ім'яучасникакористувача όνομακύριουχρήστη اسمالمستخدمالأساسي שםמשתמשראשי`,
  ),
  CN: keysOf(
    `cn commonname displayname fullname employeename employeefullname workername name anzeigename vollstandigername vollername mitarbeitername
     namedesmitarbeiters vorundnachname nachname,vorname name,vorname nomcomplet nomaffiche nombrecompleto nombreparamostrar nomecompleto
     nomevisualizzato weergavenaam volledigenaam nometprenom nomprenom nombreyapellidos nomeecognome cognomeenome nomeparaexibicao nomedeexibicao
     nazwawyswietlana imieinazwisko nazwiskoiimie zobrazovanejmeno zobrazovanynazev jmenoaprijmeni prijmeniajmeno celejmeno visningsnamn
     fullstandigtnamn visningsnavn vistnavn fuldenavn fulltnavn nayttonimi kokonimi megjelenitettnev teljesnev goruntulenenad adsoyad numeafisat
     numecomplet personname namedisplay formattedname legalfullname legalname payrollname internalname nev 表示名 氏名 名前 フルネーム 社員名 従業員名 显示名称 显示名 姓名
     全名 名称 顯示名稱 顯示名 名稱 표시이름 성명 이름 отображаемоеимя фио полноеимя сотрудник працівник відображуванеім'я піб повнеім'я εμφανιζόμενοόνομα
     ονοματεπώνυμο اسمالعرض الاسمالكامل שםתצוגה שםמלא ชื่อที่แสดง ชื่อ-นามสกุล tênhiểnthị tênđầyđủ tênnhânviên namalengkap namatampilan
     namakaryawan namapenuh punoime prikaznoime показваноиме пълноиме kuvatavnimi täisnimi pilnsvārds rodomasvardas celémeno zobrazovanémeno
     megjelenítendőnév munkavállalóneve dolgozóneve görünenad tamad πλήρεςόνομα όνομαεμφάνισης שםהעובד اسمالموظف الاسمالمعروض 社員氏名 従業員氏名 漢字氏名 직원명
     사원명 직원이름 员工姓名 中文姓名 員工姓名 фиосотрудника фиоработника пібпрацівника medarbejdernavn ansattnavn työntekijännimi naammedewerker nomedofuncionário
     nomedocolaborador nombredelempleado nominativo nomdusalarié nomdaffichage nomdelemployé navn namn naam nimi nama الاسم`,
  ),
  EmployeeType: keysOf(
    `employeetype emptype empltype workertype employmenttype mitarbeitertyp mitarbeiterart beschaftigungsart typedemploye typeemploye
     tipodeempleado tipoempleado tipodipendente tipodidipendente tipodefuncionario tipofuncionario medewerkertype typemedewerker soortmedewerker
     tipodecolaborador typpracownika typzatrudnienia typzamestnance typzamestnanca anstallningstyp anstallningsform medarbetartyp medarbejdertype
     ansættelsestype medarbeidertype ansattype ansettelsestype tyontekijatyyppi tyosuhdetyyppi alkalmazotttipusa alkalmazottitipus
     munkavallalotipusa calısantipi calısanturu personeltipi tipangajat type typ 社員区分 従業員区分 雇用区分 雇用形態 従業員の種類 従業員タイプ 社員タイプ 社員種別 员工类型 员工类别 雇员类型
     用工类型 人员类型 人员类别 員工類型 員工類別 雇員類型 人員類型 人員類別 직원유형 직원구분 사원구분 고용형태 고용유형 типсотрудника категориясотрудника типзанятости типпрацівника
     категоріяпрацівника типзайнятості τύποςυπαλλήλου τύποςεργαζομένου نوعالموظف סוגעובד ประเภทพนักงาน loạinhânviên tipekaryawan jeniskaryawan
     jenispekerja jeniskakitangan vrstazaposlenika tipzaposlenika vrstazaposlenega tipzaposlenega tipzaposlenog типслужител видслужител
     типнаслужителя töötajatüüp töötajaliik darbiniekatips darbiniekaveids darbuotojotipas darbuotojorūšis tipusdempleat tegundstarfsmanns
     druhzaměstnance druhzamestnanca rodzajpracownika dolgozótípusa tipulangajatului personeltürü κατηγορίαυπαλλήλου فئةالموظف 従業員種別 사원유형 员工性质
     typdesmitarbeiters artdesmitarbeiters typeofemployee`,
  ),
  UsageLocation: keysOf(
    `usagelocation c nutzungsstandort verwendungsstandort landercode laendercode lieudutilisation paysdutilisation emplacementdutilisation
     ubicaciondeuso codicepaese gebruikslocatie posizionediutilizzo localitadiutilizzo localdeuso localdeutilizacao lokalizacjauzycia
     anvandningsplats landcode co 利用場所 使用場所 使用位置 使用地点 使用地點 사용위치 местоположениеиспользования местоиспользования місцевикористання τοποθεσίαχρήσης`,
  ),
  StartDate: keysOf(
    `startdate hiredate hiredt employeehiredate dateofhire joiningdate joindate dateofjoining entrydate firstday firstdayofwork firstworkingday
     dateofcommencement commencementdate employmentstartdate dateofemployment workstartdate jobstartdate startingdate begindate datehired hiredon
     datejoined onboardingdate latesthiredate mostrecenthiredate lasthiredate startdt eintrittsdatum einstellungsdatum eintrittstermin eintrittam
     eintritt dienstantritt dienstbeginn arbeitsantritt arbeitsbeginn beschaftigungsbeginn ersterarbeitstag anstellungsdatum startdatum
     datedentree datededebut dateembauche dateentree datedebut datedarrivee datedeprisedeposte datedeprisedefonction fechadeinicio fechainicio
     fechaalta fechaingreso fechadecontratacion fechadeincorporacion datadiinizio datainizio datadingresso dataingresso datadeinicio datainicio
     datadecontratacao begindatum datumindienst indiensttreding indiensttredingsdatum datumindiensttreding datedembauche fechadeingreso
     fechadealta datadiassunzione dataassunzione datadeadmissao dataadmissao datarozpoczecia datazatrudnienia datarozpoczeciapracy dataprzyjecia
     datumnastupu nastup anstallningsdatum tilltradesdatum startdato ansættelsesdato ansettelsesdato tiltrædelsesdato tiltredelsesdato
     aloituspaiva tyosuhteenalkupaiva alkamispaiva kezdodatum kezdesdatuma belepesdatuma felveteldatuma baslangıctarihi isebaslamatarihi
     isegiristarihi baslamatarihi dataangajarii dataangajare 入社日 入社年月日 入社予定日 採用日 雇用開始日 着任日 開始日 入职日期 入职时间 入职日 开始日期 报到日期 到職日 到職日期 報到日期 開始日期 入職日期
     입사일 입사일자 입사날짜 채용일 시작일 시작날짜 датаначала датаприема датаприеманаработу датанайма дататрудоустройства датапочатку датаприйому датаприйняття
     ημερομηνίαέναρξης ημερομηνίαπρόσληψης تاريخالبدء تاريخالتعيين תאריךהתחלה วันที่เริ่มงาน`,
  ),
};

/** Names that may well mean something else: any other name is surer. */
export const GENERIC: ReadonlySet<string> = keySet(
  'type typ name nev navn namn naam nimi nama 名前 名称 名稱 이름 الاسم',
);

/** Names of the EmployeeType that are a second column beside it elsewhere: any other name but a generic one is surer. */
export const KINDRED: ReadonlySet<string> = keySet('workertype employmenttype');
