/** Warum es kein Postfach gibt, auf Deutsch: die Ursachen, und was die gelesenen Angaben besagen. */
import type { CauseWords } from '#lib/domain/diagnosis/causes.ts';
import type { Sayings } from '#lib/domain/diagnosis/sayings.ts';
import { titleOf, utc } from '#lib/domain/diagnosis/sayings.ts';
import { REASONS_DE } from './reasons.ts';

export const causesDe: CauseWords = {
  account_deleted: {
    title: 'Das Konto wurde gelöscht',
    disproof: 'Es steht nicht mehr unter den gelöschten Benutzern, oder es wurde wiederhergestellt.',
    fix: 'Stellen Sie das Konto binnen 30 Tagen nach der Löschung wieder her: Postfach und Lizenzen kommen mit. Wird es synchronisiert, bringen Sie es zuerst wieder in den Bereich der Synchronisierung.',
  },
  other_name: {
    title: 'Das Konto heißt in Microsoft 365 anders',
    disproof: 'Das Konto gehört jemand anderem.',
    fix: 'Korrigieren Sie den UserPrincipalName in der Zeile („Korrigieren und erneut prüfen“), oder benennen Sie das Konto um.',
  },
  name_taken: {
    title: 'Der Name gehört einem anderen Konto',
    disproof: 'Beide Konten gehören derselben Person.',
    fix: 'Finden Sie heraus, wem die beiden Konten gehören. Das Konto, für das der Name gedacht war, heißt anders: Machen Sie den Namen frei, und synchronisieren Sie, oder korrigieren Sie die Zeile.',
  },
  domain_not_verified: {
    title: 'Die Domäne des Namens ist in Microsoft 365 nicht verifiziert',
    disproof: 'Die Domäne ist unter den verifizierten.',
    fix: 'Verifizieren Sie die Domäne, oder geben Sie dem Konto einen Namen in einer verifizierten Domäne.',
  },
  synchronisation_stopped: {
    title: 'Die Verzeichnissynchronisierung läuft nicht mehr',
    disproof: 'Eine neuere Synchronisierung, nach der das Konto immer noch fehlt.',
    fix: 'Lassen Sie den Dienst Microsoft Entra Connect (oder die Cloudsynchronisierung) prüfen; das Konto kommt mit dem nächsten erfolgreichen Lauf.',
  },
  not_synchronised: {
    title: 'Dieses Konto gibt es in Microsoft 365 nicht',
    disproof: 'Das Konto erscheint nach der nächsten Synchronisierung, oder unter einem anderen Namen.',
    fix: 'Prüfen Sie, ob das Konto in Active Directory vorhanden ist, in einer Organisationseinheit liegt, die synchronisiert wird, und genau diesen UserPrincipalName hat.',
  },
  account_is_guest: {
    title: 'Das Konto ist ein Gastkonto',
    disproof: 'userType ist Member.',
    fix: 'Gäste bekommen hier kein Postfach: Lassen Sie ein Mitgliedskonto anlegen, oder wandeln Sie dieses um.',
  },
  before_start: {
    title: 'Es ist noch zu früh: Der Eintritt liegt in der Zukunft, oder das Konto muss erst aktiviert werden',
    disproof: 'Der Eintritt stimmt nicht, oder „Jetzt lizenzieren“ lizenziert die Person sofort.',
    fix: 'Nichts, wenn es nicht eilt; sonst „Jetzt lizenzieren“ auf der Seite der Person.',
  },
  account_disabled: {
    title: 'Das Konto ist deaktiviert, und laut den Einstellungen wird gewartet, bis es aktiviert ist',
    disproof: 'Das Konto ist aktiviert.',
    fix: 'Aktivieren Sie das Konto; sobald das synchronisiert ist, wird es automatisch lizenziert. Wenn es eilt, wählen Sie „Jetzt lizenzieren“ auf der Seite der Person. Kommt die Person nicht, schließen Sie den Fall.',
  },
  no_seat: {
    title: 'Es ist keine Lizenz mehr frei',
    disproof: 'Es sind noch Lizenzen frei.',
    fix: 'Kaufen Sie Lizenzen nach, oder geben Sie welche frei. Wer wartet, wird dann automatisch lizenziert.',
  },
  group_licence_failed: {
    title: 'Die Lizenz einer Gruppe ließ sich nicht zuweisen',
    disproof: 'licenseAssignmentStates zeigt die Lizenz als Active.',
    fix: 'Lassen Sie die Lizenzen der Gruppe noch einmal verarbeiten („Erneut verarbeiten“), oder weisen Sie die Lizenz direkt zu.',
  },
  usage_location: {
    title: 'Der Nutzungsstandort lässt die Lizenz nicht zu',
    disproof: 'Das Konto hat einen Nutzungsstandort, in dem es die Lizenz gibt.',
    fix: 'Legen Sie den richtigen Nutzungsstandort fest („Nutzungsstandort festlegen“); wird er in Active Directory gepflegt, legen Sie ihn dort fest.',
  },
  licence_conflict: {
    title: 'Die Lizenz verträgt sich nicht mit einer anderen, oder ihr fehlt eine, die sie voraussetzt',
    disproof: 'licenseAssignmentStates zeigt keinen solchen Fehler.',
    fix: 'Entfernen Sie die Lizenz oder den Dienstplan, mit dem sie sich nicht verträgt, oder fügen Sie hinzu, was fehlt.',
  },
  licence_suspended: {
    title: 'Das Abonnement hinter der Lizenz ist ausgesetzt',
    disproof: 'Der Plan oder das Abonnement ist Enabled.',
    fix: 'Verlängern Sie das Abonnement, oder weisen Sie eine Lizenz aus einem anderen zu.',
  },
  mailbox_plan_off: {
    title: 'Exchange Online ist in der Lizenz ausgeschaltet',
    disproof: 'assignedPlans zeigt einen Exchange Online-Plan als Enabled.',
    fix: 'Schalten Sie Exchange Online unter den Apps der Lizenz ein, am Konto oder in der Gruppe, die sie zuweist.',
  },
  licence_without_mailbox: {
    title: 'Die Lizenz enthält kein Postfach',
    disproof: 'Eine der Lizenzen enthält Exchange Online.',
    fix: 'Weisen Sie eine Lizenz mit Postfach zu. Vielleicht ist der EmployeeType der falschen zugeordnet.',
  },
  no_licence: {
    title: 'Das Konto hat keine Lizenz',
    disproof: 'Am Konto ist eine Lizenz zu sehen.',
    fix: 'Ist die Person hier bekannt, folgen Sie dem, was auf ihrer Seite steht; sonst nehmen Sie sie in eine Datei auf, oder weisen Sie von Hand eine Lizenz zu.',
  },
  address_conflict: {
    title: 'Eine Adresse des Kontos gehört jemand anderem',
    disproof:
      'Niemand sonst hat die Adresse: Sehen Sie auch unter Postfächern, Gruppen, Kontakten und öffentlichen Ordnern nach.',
    fix: 'Nehmen Sie die Adresse dem anderen Objekt oder diesem Konto weg, dort, wo sie gepflegt wird; synchronisieren Sie, und prüfen Sie dann erneut.',
  },
  deleted_holds_address: {
    title: 'Ein gelöschtes Konto hat noch den Namen oder die Adresse',
    disproof: 'Das gelöschte Konto ist endgültig gelöscht, und es gibt immer noch kein Postfach.',
    fix: 'Ist es dieselbe Person, stellen Sie das gelöschte Konto wieder her. Sonst löschen Sie es endgültig, sobald sein Postfach nicht mehr gebraucht wird.',
  },
  exchange_error: {
    title: 'Exchange Online meldet zum Konto einen Fehler',
    disproof: 'serviceProvisioningErrors ist leer, oder die Einträge sind erledigt.',
    fix: 'Beheben Sie, was Exchange Online meldet; es versucht es dann von selbst oder auf Anforderung noch einmal.',
  },
  mailbox_on_premises: {
    title: 'Das Postfach liegt lokal',
    disproof: 'Get-MailUser zeigt zum Konto in Exchange Online keine ExchangeGuid.',
    fix: 'Migrieren Sie das Postfach; oder löschen Sie, wenn es lokal keines gibt, msExchMailboxGuid in Active Directory, und synchronisieren Sie.',
  },
  mailbox_of_nobody: {
    title: 'Das Postfach ist nicht das einer Person',
    disproof: 'userPurpose ist user.',
    fix: 'Finden Sie heraus, wessen Postfach es ist. Soll die Person es bekommen, wandeln Sie es in ein Benutzerpostfach um (Set-Mailbox -Type Regular), und weisen Sie eine Lizenz zu.',
  },
  service_incident: {
    title: 'Microsoft meldet eine Störung von Exchange Online',
    disproof: 'Der Dienst läuft wieder, und es gibt immer noch kein Postfach.',
    fix: 'Warten Sie, bis Microsoft sie behoben hat, und verfolgen Sie sie unter „Dienststatus“.',
  },
  exchange_not_started: {
    title: 'Exchange Online hat das Postfach nicht angelegt',
    disproof: 'Ein Postfach antwortet, oder Exchange Online meldet einen Fehler.',
    fix: 'Fordern Sie es noch einmal an, oder entfernen Sie die Lizenz, und weisen Sie sie neu zu; hilft das nicht, erstellen Sie mit den Angaben unten eine Supportanfrage bei Microsoft.',
  },
  mailbox_opening: {
    title: 'Das Postfach entsteht gerade',
    disproof: '24 Stunden nach der Lizenz gibt es immer noch kein Postfach.',
    fix: 'Warten Sie: Die meisten öffnen sich binnen 30 Minuten; Microsoft nennt höchstens 24 Stunden.',
  },
};

export const sayingsDe: Sayings = {
  answers: () => 'Das Postfach antwortet.',
  answersUnlicensed: () => 'Ein Postfach antwortet. Ohne Lizenz wird es 30 Tage nach dem Ende der Lizenz gelöscht.',
  mailboxIs: (f) => `Ein Postfach antwortet, und seine userPurpose ist ${f.purpose}.`,
  ourReason: (f) => `AutoProvision: ${titleOf(REASONS_DE, f.reason)}.`,
  noAccount: (f) => `Kein Konto heißt ${f.upn}.`,
  licenceState: (f) =>
    `${f.name}, ${f.groupId === null ? 'direkt zugewiesen' : `über die Gruppe ${f.groupId}`}: ${f.error ?? 'Active'}.`,
  amongDeleted: (f) =>
    `${f.name} steht unter den gelöschten Benutzern${f.at === null ? '' : `, gelöscht ${utc(f.at)}`}.`,
  hasName: (f) => `${f.upn} hat in Active Directory diesen Namen.`,
  hasSameName: (f) => `${f.upn} hat in Active Directory denselben Namen.`,
  hasAddress: (f) => `${f.name} (${f.upn}) hat die Adresse ${f.address}.`,
  nameBelongsTo: (f) => `Der Name gehört ${f.name}.`,
  unverified: (f) => `${f.domain} ist keine der verifizierten Domänen: ${f.verified}.`,
  lastSync: (f) => `Die letzte Synchronisierung war ${utc(f.at)}.`,
  lastSyncLongAgo: (f) =>
    `Die letzte Synchronisierung war ${utc(f.at)}, ${f.hours === 1 ? '1 Stunde' : `${f.hours} Stunden`} vorher.`,
  guest: () => 'userType ist Guest.',
  enabledUnlicensed: (f) => `Das Konto ist ${f.isEnabled ? 'aktiviert' : 'deaktiviert'} und hat keine Lizenz.`,
  waitsForStart: (f) =>
    `AutoProvision wartet auf den Eintritt.${f.day === null ? '' : ` Er ist für den ${f.day} angegeben.`}`,
  hireDate: (f) => `employeeHireDate ist ${utc(f.at)}.`,
  noSeatFree: (f) => `${f.licence}: keine frei.`,
  noSeatFreeOfWanted: (f) => `${f.licence}, von der Zuordnung verlangt: keine frei.`,
  seatsFree: (f) => `${f.licence}: ${f.n} frei.`,
  noLicence: () => 'Das Konto hat keine Lizenz.',
  location: (f) =>
    f.location === null ? 'Das Konto hat keinen Nutzungsstandort.' : `Der Nutzungsstandort ist ${f.location}.`,
  planIs: (f) => `Der Plan mit dem Postfach ist ${f.status}.`,
  subscriptionOff: (f) => `Das Abonnement ${f.licence} ist nicht Enabled.`,
  planTurnedOff: (f) => `${f.licence}: Der Plan mit dem Postfach steht unter disabledPlans.`,
  includesMailbox: (f) => `${f.licence} enthält ein Postfach.`,
  workingLicences: (f) => `Wirksame Lizenzen: ${f.licences}.`,
  withoutMailbox: (f) => `Ohne Postfach: ${f.licences}.`,
  planEnabled: (f) => `Ein Plan mit Postfach ist Enabled${f.at === null ? '' : `, seit ${utc(f.at)}`}.`,
  silence: (f) => `Kein Postfach antwortet (${f.code}).`,
  synchronisationReports: (f) => `Die Synchronisierung meldet ${f.category} für ${f.property}: ${f.value}.`,
  deletedHolds: (f) =>
    `${f.name}, gelöscht${f.at === null ? '' : ` ${utc(f.at)}`}, hat denselben Namen oder dieselbe Adresse.`,
  exchangeReports: (f) => `Exchange Online meldet${f.at === null ? '' : ` (${utc(f.at)})`}: ${f.text}`,
  saysOnPremises: (f) => `Das meldet Exchange Online (${f.code}).`,
  exchangeWorked: () => 'Exchange Online hat das Konto bearbeitet (Success).',
  synchronisedAddress: (f) => `Das Konto ist synchronisiert und hat die Adresse ${f.address}.`,
  healthIs: (f) => `Der Dienststatus von Exchange Online ist ${f.status}.`,
  exchangeShows: (f) => `Für Exchange steht dort ${f.statuses ?? 'nichts'}.`,
};
