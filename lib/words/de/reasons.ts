/** Reasons and what follows them, in German: the same codes and facts as `lib/domain/reasons/reasons.ts`, or it does not compile. */
import type { ReasonFacts } from '#lib/domain/reasons/reason-facts.ts';
import { isSeveral, type RunReason, type Wording } from '#lib/domain/reasons/reasons.ts';
import { orQuoted } from './answers.ts';

const LONG = new Intl.DateTimeFormat('de', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const dayText = (day: string) => LONG.format(Date.parse(day));

const all = new Intl.ListFormat('de');
/** Names are stored as English joins them (`licenceNames`); none of Microsoft’s has the word in it. */
const names = (joined: string) => all.format(joined.split(' and '));

const checkedAgain = 'Der nächste Zyklus prüft es automatisch noch einmal.';
const microsoftSays = ({ graphMessage }: { graphMessage: string }) => `Microsoft meldet: ${graphMessage}`;

function removalText({ removable, held, isMapped }: ReasonFacts<'other_licence'>): string {
  if (isMapped) return `${names(held)} verlangt die Zuordnung ebenfalls, deshalb bleibt das in jedem Fall.`;
  return removable === null
    ? `AutoProvision hat ${names(held)} nicht für diese Zeile zugewiesen, deshalb bleibt das in jedem Fall.`
    : `AutoProvision hat ${names(removable)} zugewiesen und kann das wieder entfernen.`;
}

const CHOICES: Record<ReasonFacts<'choice_made'>['choice'], string> = {
  replace: 'Die Lizenz wird gewechselt.',
  keep: 'Die Lizenzen bleiben, wie sie sind.',
  assign_directly: 'Die Lizenz wird direkt zugewiesen.',
  reprocess: 'Die Lizenz der Gruppe wird noch einmal verarbeitet.',
  reassign: 'Die Lizenz wird entfernt und neu zugewiesen.',
};

function noSeatText({ licence, free = 0, contradicts }: ReasonFacts<'no_seat'>): string {
  if (contradicts)
    return `Microsoft 365 hat freie Lizenzen von ${names(licence)} gezählt und die Zuweisung dann abgelehnt, weil keine frei ist. In jedem Zyklus wird es noch einmal versucht.`;
  const promised =
    free === 1
      ? 'Die eine, die noch frei ist, bekommt, wer vorher an der Reihe ist'
      : `Die ${free}, die noch frei sind, bekommen Personen, die vorher an der Reihe sind`;
  const taken = free === 0 ? 'mehr frei' : `verfügbar: ${promised}`;
  return `Von ${names(licence)} ist keine Lizenz ${taken}. Wer zuerst anfängt, kommt zuerst: Sobald eine Lizenz frei ist, wird sie zugewiesen.`;
}

function planText({ licences, removed, location }: ReasonFacts<'approval_void'>): string {
  const instead = removed === null ? '' : ` anstelle von ${names(removed)}`;
  return `${names(licences)}${instead}${location === null ? '' : ` mit dem Nutzungsstandort ${location}`}`;
}

function lateText({ reported, maybeOnPremises }: ReasonFacts<'mailbox_late'>): string {
  if (reported !== null) return `Exchange Online meldet: ${reported}`;
  return maybeOnPremises
    ? 'Das Konto ist synchronisiert und hat eine Adresse: Das Postfach liegt womöglich lokal.'
    : 'Exchange Online meldet keinen eigenen Fehler.';
}

const PURPOSES: Record<string, string> = {
  shared: 'als freigegebenes Postfach, vielleicht aus einer früheren Anstellung',
  room: 'als Raum',
};

const decideOnLicence =
  'Entscheiden Sie, ob die Lizenz gewechselt wird: Die Schaltfläche auf der Seite der Person nennt, was hinzukommt und was wegfällt. Soll alles bleiben, wie es ist, behalten Sie die Lizenz.';

export const REASONS_DE: Wording['reasons'] = {
  queued: {
    title: 'Angenommen',
    fix: null,
    sentence: ({ row }) =>
      `${row ? `${row.again ? 'Noch einmal genannt in' : 'Angenommen aus'} ${row.file}, Zeile ${row.line}` : 'Angenommen'}. Der nächste Zyklus sucht das Konto.`,
  },
  retried: {
    title: 'Erneute Prüfung angefordert',
    fix: null,
    sentence: (f) => `${f.by} hat eine erneute Prüfung angefordert. Der nächste Zyklus prüft.`,
  },
  approved: {
    title: 'Genehmigt',
    fix: null,
    sentence: (f) => `${f.by} hat die Lizenz genehmigt. Der nächste Zyklus weist sie zu.`,
  },
  license_now: {
    title: 'Soll jetzt lizenziert werden',
    fix: null,
    sentence: (f) => `${f.by} lässt jetzt lizenzieren. Der nächste Zyklus weist die Lizenz zu.`,
  },
  license_anyway: {
    title: 'Soll trotzdem lizenziert werden',
    fix: null,
    sentence: (f) =>
      `${f.by} lässt das Konto lizenzieren, obwohl es eine Adresse hat. Der nächste Zyklus weist die Lizenz zu.`,
  },
  choice_made: {
    title: 'Vom Helpdesk entschieden',
    fix: null,
    sentence: (f) => `${f.by} hat entschieden: ${CHOICES[f.choice]} Das geschieht im nächsten Zyklus.`,
  },
  reopened: {
    title: 'Wieder geöffnet',
    fix: null,
    sentence: (f) => `${f.by} hat den Fall wieder geöffnet. Der nächste Zyklus prüft.`,
  },
  dismissed: {
    title: 'Vom Helpdesk geschlossen',
    fix: null,
    sentence: (f) => `${f.by} hat den Fall geschlossen: ${f.why}`,
  },
  rejected: {
    title: 'Vom Helpdesk abgelehnt',
    fix: 'Korrigieren Sie, was falsch ist, und prüfen Sie erneut, oder schließen Sie den Fall.',
    sentence: (f) => `${f.by} hat abgelehnt: ${f.why}`,
  },

  lookup_failed: {
    title: 'Microsoft 365 hat nicht geantwortet',
    fix: null,
    sentence: (f) => `Microsoft 365 konnte nicht sagen, ob es das Konto gibt (${orQuoted(f.why)}). ${checkedAgain}`,
  },
  mailbox_unknown: {
    title: 'Das Postfach ließ sich nicht prüfen',
    fix: null,
    sentence: (f) =>
      `Ob es das Postfach gibt, ist nicht bekannt (${f.refused ? 'der Zugriff wurde abgelehnt: ' : ''}${orQuoted(f.why)}), deshalb wurde nichts geändert. ${checkedAgain}`,
  },
  readback_pending: {
    title: 'Änderung gesendet, noch nicht bestätigt',
    fix: null,
    sentence: () => `Die Änderung ist an Microsoft 365 gesendet, und das Konto zeigt sie noch nicht. ${checkedAgain}`,
  },
  location_not_in_effect: {
    title: 'Der Nutzungsstandort wirkt noch nicht',
    fix: null,
    sentence: (f) =>
      `Der Nutzungsstandort ${f.location} ist festgelegt, aber Microsoft 365 weist danach noch keine Lizenzen zu. Bis zu einem Tag lang wird es in wachsenden Abständen noch einmal versucht.`,
  },
  write_failed: {
    title: 'Microsoft 365 hat die Änderung nicht angenommen',
    fix: null,
    sentence: (f) => `Die Änderung war nicht möglich (${orQuoted(f.why)}). ${checkedAgain}`,
  },
  permission_missing: {
    title: 'Eine Berechtigung fehlt',
    fix: 'Bitten Sie die Microsoft 365-Administration, der App-Registrierung diese Berechtigung zu erteilen; sonst ist nichts nötig.',
    sentence: (f) =>
      `Microsoft 365 hat abgelehnt: Es fehlt ${f.permission ?? 'eine Berechtigung'}. Sobald sie erteilt ist, macht der nächste Zyklus weiter.`,
  },
  access_denied: {
    title: 'Microsoft 365 lehnt Änderungen an diesem Konto ab',
    fix: [
      'Fragen Sie die Microsoft 365-Administration, ob das Konto in einer eingeschränkten Verwaltungseinheit liegt oder außerhalb des Bereichs, für den die Rolle der App gilt.',
      'Prüfen Sie dann erneut. AutoProvision versucht es auch automatisch wieder, zuerst nach 15 Minuten, später einmal am Tag.',
    ],
    sentence: (f) => `Microsoft 365 hat die Änderung an diesem Konto abgelehnt. ${microsoftSays(f)}`,
  },
  mailbox_denied: {
    title: 'Der Zugriff auf das Postfach wird abgelehnt',
    fix: 'Fragen Sie das Exchange-Team, ob eine Zugriffsrichtlinie oder ein Rollenbereich dieses Postfach ausnimmt. Es wird automatisch noch einmal geprüft.',
    sentence: (f) =>
      `Exchange Online verweigert der App den Zugriff auf dieses Postfach, deshalb lässt sich nicht sagen, ob es offen ist. ${microsoftSays(f)}`,
  },
  unknown_too_long: {
    title: 'Lange keine brauchbare Antwort',
    fix: 'Sehen Sie sich das Konto im Microsoft 365 Admin Center an, oder erstellen Sie eine Supportanfrage bei Microsoft, und nennen Sie darin die Anforderungs-IDs unten. Es wird automatisch noch einmal geprüft.',
    sentence: (f) =>
      `Microsoft 365 hat seit ${f.hours} Stunden keine brauchbare Antwort gegeben. Die letzte: ${orQuoted(f.why)}.`,
  },
  would_license: {
    title: 'Würde lizenziert',
    fix: null,
    sentence: (f) =>
      `Probelauf: ${names(f.licences)} ${isSeveral(f.licences) ? 'würden' : 'würde'} zugewiesen${f.location === null ? '' : ` und der Nutzungsstandort ${f.location} festgelegt`}.`,
  },

  not_synchronised: {
    title: 'Noch nicht synchronisiert',
    fix: null,
    sentence: () =>
      `Das Konto ist noch nicht in Microsoft 365: Die Verzeichnissynchronisierung hat es noch nicht angelegt. ${checkedAgain}`,
  },
  never_synchronised: {
    title: 'Nie synchronisiert',
    fix: [
      'Sehen Sie nach, ob der UserPrincipalName stimmt.',
      'Sehen Sie nach, ob das Konto in einer synchronisierten Organisationseinheit liegt.',
      'Prüfen Sie dann erneut.',
    ],
    sentence: (f) =>
      `Nach ${f.days === 1 ? '1 Tag' : `${f.days} Tagen`} gibt es in Microsoft 365 noch immer kein Konto mit diesem Namen.`,
  },
  account_deleted: {
    title: 'Das Konto wurde gelöscht',
    fix: 'Stellen Sie das Konto in Entra ID wieder her (Gelöschte Benutzer), oder lassen Sie es neu anlegen und synchronisieren; dann geht es von selbst weiter. Kommt die Person nicht, schließen Sie den Fall.',
    sentence: (f) =>
      f.until === null
        ? 'Das Konto, das für diese Person gefunden wurde, ist nicht mehr in Microsoft 365.'
        : `Das Konto wurde gelöscht. Bis zum ${dayText(f.until)} lässt es sich mit seinem Postfach wiederherstellen.`,
  },
  domain_not_verified: {
    title: 'Die Domäne ist in Microsoft 365 nicht verifiziert',
    fix: 'Sorgen Sie dafür, dass das IDM die Personen mit einer Domäne nennt, die in Microsoft 365 verifiziert ist, oder verifizieren Sie diese. Ein Konto, das in Active Directory so heißt, wird trotzdem gefunden.',
    sentence: (f) =>
      `In Microsoft 365 kann kein Konto auf ${f.domain} enden: Die Organisation hat diese Domäne nicht verifiziert. Auch in Active Directory hat kein Konto diesen Namen.`,
  },
  name_belongs_to_another: {
    title: 'Der Name gehört einer anderen Person',
    fix: [
      'Finden Sie heraus, wessen Konto es ist.',
      'Korrigieren Sie den UserPrincipalName, oder lassen Sie das Konto des Neuzugangs in Active Directory anders benennen. Ist es doch diese Person, lizenzieren Sie trotzdem.',
    ],
    sentence: (f) => {
      if (f.successor)
        return `Das Konto, um das es hier geht, ist das von ${f.name} und heißt jetzt ${f.upn}. Den früheren Namen ${f.successor.upn} hat jetzt das Konto von ${f.successor.name}, und eine spätere Zeile nennt diese Person. Es wurde nichts geändert. Korrigieren Sie den UserPrincipalName hier zu ${f.upn}: Die nächste Zeile, die ${f.successor.upn} nennt, ist dann ein Neuzugang.`;
      return f.twin === null
        ? `Das Konto ${f.upn} gehört ${f.name}, und kein Teil dieses Namens steht in der Zeile. Es wurde nichts geändert.`
        : `Das Konto ${f.upn} gehört ${f.name}; weil der Name vergeben war, heißt das Konto des Neuzugangs durch die Verzeichnissynchronisierung ${f.twin}. Es wurde nichts geändert.`;
    },
  },
  several_accounts: {
    title: 'Mehrere Konten mit diesem Namen',
    fix: [
      'Suchen Sie das doppelte Konto in Entra ID.',
      'Entfernen Sie es, oder benennen Sie es um.',
      'Prüfen Sie dann erneut.',
    ],
    sentence: (f) => `${f.count} Konten haben diesen UserPrincipalName, deshalb wurde nichts geändert.`,
  },
  account_is_guest: {
    title: 'Das Konto ist ein Gast',
    fix: 'Gäste bekommen kein Postfach. Wandeln Sie das Konto in ein Mitglied um und prüfen Sie erneut, oder schließen Sie den Fall.',
    sentence: () => 'Das Konto ist ein Gast dieses Mandanten, deshalb bekommt es keine Lizenz.',
  },
  before_start: {
    title: 'Fängt später an',
    fix: null,
    sentence: (f) =>
      `Der erste Arbeitstag ist der ${dayText(f.startDate)}. Die Lizenz wird ab dem ${dayText(f.from)} zugewiesen; bis dahin wird nichts geändert.`,
  },
  account_disabled: {
    title: 'Das Konto ist deaktiviert',
    fix: 'Aktivieren Sie das Konto in Active Directory; sobald das synchronisiert ist, wird es automatisch lizenziert. Kommt die Person nicht, schließen Sie den Fall.',
    sentence: (f) =>
      `Das Konto ist ${f.isLate ? 'immer noch ' : ''}deaktiviert, und laut den Einstellungen wird gewartet, bis es aktiviert ist. ${f.isLate ? 'Vielleicht hat niemand daran gedacht, oder die Person kommt nicht. ' : ''}Jeder Zyklus prüft es automatisch noch einmal.`,
  },
  proxy_address_conflict: {
    title: 'Die Adresse ist schon vergeben',
    fix: [
      'Entfernen Sie die Adresse vom anderen Konto.',
      'Warten Sie die Synchronisierung ab.',
      'Prüfen Sie dann erneut.',
    ],
    sentence: (f) =>
      `${f.value ? `Die Adresse ${f.value}` : 'Eine Adresse dieser Person'} wird schon von einem anderen Konto verwendet.`,
  },
  mailbox_on_premises: {
    title: 'Das Postfach liegt lokal',
    fix: 'Migrieren Sie das Postfach zu Exchange Online, oder schließen Sie den Fall. Eine Lizenz legt hier keines an.',
    sentence: (f) =>
      f.licensed
        ? 'Das Postfach liegt auf einem lokalen Exchange-Server, deshalb entsteht durch die Lizenz, die AutoProvision zugewiesen hat, keines in Exchange Online.'
        : 'Das Postfach liegt auf einem lokalen Exchange-Server, deshalb hat AutoProvision keine Lizenz zugewiesen.',
  },
  mailbox_maybe_on_premises: {
    title: 'Das Postfach liegt wahrscheinlich lokal',
    fix: [
      'Fragen Sie das Exchange-Team.',
      'Gibt es lokal kein Postfach, wählen Sie „Trotzdem lizenzieren“. Bekommt hier kein Neuzugang mehr eines, lässt sich das mit der Rolle Admin in den Einstellungen oder in der Zuordnung festlegen.',
    ],
    sentence: (f) =>
      `Das synchronisierte Konto hat schon die Adresse ${f.address}, aber kein Postfach in Exchange Online, und manche Neuzugänge bekommen hier ein lokales. Jemand muss entscheiden, ob dieses Konto lizenziert wird.`,
  },

  employee_type_missing: {
    title: 'Der EmployeeType ist leer',
    fix: 'Tragen Sie den EmployeeType unter „Korrigieren“ ein, oder lassen Sie das IDM die Person noch einmal mit einem nennen.',
    sentence: () =>
      'Die Zeile nennt keinen EmployeeType, deshalb lässt sich keine Lizenz wählen. Füllen Sie diese Zelle unter „Korrigieren“ aus.',
  },
  type_unmapped: {
    title: 'Der EmployeeType ist nicht zugeordnet',
    fix: ['Legen Sie für diesen EmployeeType eine Zuordnung an, oder korrigieren Sie ihn.', 'Prüfen Sie dann erneut.'],
    sentence: (f) =>
      f.before
        ? `Der EmployeeType ist inzwischen ${f.employeeType} und nicht mehr ${f.before}, wofür diese Person lizenziert wurde: Dafür gibt es keine Zuordnung. Es wurde nichts geändert.`
        : `Der EmployeeType ${f.employeeType} hat keine Zuordnung, deshalb lässt sich keine Lizenz wählen.`,
  },
  sku_not_in_tenant: {
    title: 'Die Lizenz gibt es in diesem Mandanten nicht',
    fix: ['Kaufen Sie die Lizenz, oder ändern Sie die Zuordnung.', 'Prüfen Sie dann erneut.'],
    sentence: (f) => `${names(f.licence)} gibt es in diesem Mandanten nicht, die Zuordnung verlangt es aber.`,
  },
  sku_suspended: {
    title: 'Das Abonnement ist ausgesetzt',
    fix: ['Verlängern Sie das Abonnement, oder ändern Sie die Zuordnung.', 'Prüfen Sie dann erneut.'],
    sentence: (f) =>
      `Das Abonnement von ${names(f.licence)} ist ausgesetzt: Es lässt sich nicht zuweisen, und wo es zugewiesen ist, öffnet sich kein Postfach.`,
  },
  makes_no_mailbox: {
    title: 'Die zugeordnete Lizenz enthält kein Postfach',
    fix: ['Wählen Sie in der Zuordnung eine Lizenz mit Exchange Online.', 'Prüfen Sie dann erneut.'],
    sentence: (f) =>
      `Die Zuordnung für den EmployeeType ${f.employeeType} enthält keinen aktivierten Exchange Online-Dienstplan.`,
  },
  service_plan_unknown: {
    title: 'Die Zuordnung nennt einen unbekannten Dienstplan',
    fix: ['Korrigieren Sie die Dienstpläne in der Zuordnung.', 'Prüfen Sie dann erneut.'],
    sentence: (f) => `Die Zuordnung schaltet den Dienstplan ${f.plan} aus, den ${names(f.licence)} nicht hat.`,
  },

  no_seat: {
    title: 'Keine Lizenz frei',
    fix: 'Kaufen Sie Lizenzen nach, oder geben Sie welche frei; wer zuerst anfängt, kommt zuerst.',
    sentence: noSeatText,
  },
  safety_limit: {
    title: 'Über der Sicherheitsgrenze',
    fix: ['Prüfen Sie, ob so viele Neuzugänge erwartet werden.', 'Genehmigen Sie dann.'],
    sentence: (f) =>
      `Binnen 24 Stunden ${f.limit === 1 ? 'würde mehr als 1 Person' : `würden mehr als ${f.limit} Personen`} lizenziert, deshalb ist eine Genehmigung nötig.`,
  },
  approval_needed: {
    title: 'Genehmigung nötig',
    fix: ['Prüfen Sie die Person und den Plan.', 'Genehmigen Sie dann.'],
    sentence: () =>
      'Diese Person war schon angehalten, und seitdem hat niemand sie genehmigt. Was inzwischen geändert wurde, ist keine Genehmigung.',
  },

  rows_disagree: {
    title: 'Zwei Zeilen widersprechen sich',
    fix: [
      'Öffnen Sie die Person, und vergleichen Sie die Zeilen.',
      'Wählen Sie die richtige, oder schließen Sie den Fall. Vorher wird keine Lizenz zugewiesen.',
    ],
    sentence: (f) =>
      `In ${f.file}, Zeile ${f.line}, steht ${f.says.join(' und ')}, vorher hieß es ${f.known.join(' und ')}. Jemand muss wählen, welche Zeile stimmt.`,
  },
  row_chosen: {
    title: 'Zeile gewählt',
    fix: null,
    sentence: (f) => `${f.by} hat ${f.file}, Zeile ${f.line}, gewählt. Der nächste Zyklus sucht das Konto.`,
  },

  approval_void: {
    title: 'Der Plan hat sich nach der Genehmigung geändert',
    fix: ['Prüfen Sie den neuen Plan.', 'Genehmigen Sie dann noch einmal.'],
    sentence: (f) =>
      `${f.by} hat einen anderen Plan genehmigt. Der Plan ist jetzt: ${planText(f)}. Diese Person wartet auf eine neue Genehmigung.`,
  },

  usage_location_not_allowed: {
    title: 'Die Lizenz ist in diesem Land nicht zulässig',
    fix: ['Korrigieren Sie den Nutzungsstandort, oder wählen Sie eine andere Lizenz.', 'Prüfen Sie dann erneut.'],
    sentence: (f) =>
      `Microsoft lässt diese Lizenz für ${f.location === null ? 'den Nutzungsstandort dieses Kontos' : `den Nutzungsstandort ${f.location}`} nicht zu.`,
  },
  location_refused: {
    title: 'Der Nutzungsstandort ließ sich nicht festlegen',
    fix: [
      'Legen Sie den Nutzungsstandort dort fest, woher das Konto kommt: In Active Directory ist das das Attribut msExchUsageLocation mit den zwei Buchstaben des Landes; bei einem Konto aus der Cloud geschieht es im Microsoft 365 Admin Center.',
      'Warten Sie, bis die Verzeichnissynchronisierung ihn gebracht hat. Sobald das Konto einen Nutzungsstandort hat, geht es von selbst weiter.',
    ],
    sentence: (f) =>
      f.mastered
        ? `Der Nutzungsstandort ${f.location} lässt sich in Microsoft 365 nicht festlegen, weil er bei diesem Konto aus Active Directory kommt: Setzen Sie dort msExchUsageLocation auf ${f.location}. ${microsoftSays(f)}`
        : `Microsoft 365 hat den Nutzungsstandort ${f.location} abgelehnt, ohne den sich keine Lizenz zuweisen lässt. ${microsoftSays(f)}`,
  },
  service_plans_conflict: {
    title: 'Die Lizenzen schließen sich aus',
    fix: [
      'Entfernen Sie die andere Lizenz, oder schalten Sie in der Zuordnung den Dienstplan aus, der sich nicht mit ihr verträgt.',
      'Prüfen Sie dann erneut.',
    ],
    sentence: (f) =>
      `Die Lizenz enthält einen Dienstplan, der sich mit einem vorhandenen der Person nicht verträgt. ${microsoftSays(f)}`,
  },
  service_plan_dependency: {
    title: 'Ein Dienstplan braucht einen, der fehlt',
    fix: ['Nehmen Sie den fehlenden Dienstplan in die Zuordnung auf.', 'Prüfen Sie dann erneut.'],
    sentence: (f) => `Ein Dienstplan der Lizenz braucht einen anderen, der fehlt. ${microsoftSays(f)}`,
  },
  licence_refused: {
    title: 'Microsoft 365 hat die Lizenz abgelehnt',
    fix: [
      'Lesen Sie, was Microsoft meldet.',
      'Beheben Sie die Ursache.',
      'Prüfen Sie dann erneut. AutoProvision versucht es auch automatisch wieder, zuerst nach 15 Minuten, später einmal am Tag.',
    ],
    sentence: (f) => `Microsoft 365 hat abgelehnt: ${f.graphMessage}`,
  },
  group_licence_failed: {
    title: 'Die Zuweisung über eine Gruppe schlug fehl und wurde nicht wiederholt',
    fix: 'Lassen Sie die Lizenz noch einmal verarbeiten, oder weisen Sie sie direkt zu: Für beides gibt es Schaltflächen. Was im Microsoft Entra Admin Center geschieht, wird automatisch bemerkt.',
    sentence: (f) =>
      `${names(f.licence)} kommt über die Gruppe ${f.group}. Die Zuweisung der Gruppe schlug fehl, als keine Lizenz frei war, und wurde nicht wiederholt, obwohl jetzt Lizenzen frei sind. AutoProvision bittet Microsoft 365 einmal, sie noch einmal zuzuweisen; was daraus wurde, steht im Verlauf.`,
  },
  licence_differs: {
    title: 'Der EmployeeType hat sich nach der Lizenzierung geändert',
    fix: decideOnLicence,
    sentence: (f) =>
      `Der EmployeeType war ${f.before}, als diese Person lizenziert wurde, und ist inzwischen ${f.now}: Die Zuordnung verlangt ${names(f.missing)}, das Konto hat ${names(f.held)}. ${removalText(f)} Es wurde nichts geändert.`,
  },
  other_licence: {
    title: 'Hat eine andere Lizenz als die zugeordnete',
    fix: decideOnLicence,
    sentence: (f) =>
      `Die Zuordnung für den EmployeeType ${f.now} verlangt ${names(f.missing)}, und das Konto hat ${names(f.held)}. ${removalText(f)} Es wurde nichts geändert.`,
  },
  seat_not_taken: {
    title: 'Die Zuweisung schlug fehl, und keine Lizenz wurde belegt',
    fix: [
      'Öffnen Sie das Konto im Microsoft 365 Admin Center, und lesen Sie, was dort zu der Lizenz steht.',
      'Prüfen Sie dann erneut: Die Lizenz wird noch einmal zugewiesen.',
    ],
    sentence: (f) =>
      `${names(f.licence)} steht am Konto, wirkt aber nicht: Microsoft 365 meldet, dass keine Lizenz frei war (CountViolation), und hat seitdem keine belegt, obwohl Lizenzen frei sind und noch einmal zugewiesen wurde.`,
  },
  mailbox_plan_off: {
    title: 'Exchange Online ist in der Lizenz ausgeschaltet',
    fix: 'Schalten Sie den Exchange Online-Dienstplan für dieses Konto ein; dann geht es automatisch weiter.',
    sentence: (f) =>
      `Das Konto hat ${names(f.licence)}, aber der Exchange Online-Dienstplan darin ist ausgeschaltet, deshalb entsteht kein Postfach.`,
  },
  licence_removed: {
    title: 'Die Lizenz wurde entfernt',
    fix: [
      'Klären Sie, wer die Lizenz entfernt hat: jemand aus dem Team, ein Programm oder eine Gruppe.',
      'Prüfen Sie erneut, um die zugeordnete Lizenz zuzuweisen, oder schließen Sie den Fall. Kommt sie wieder, wird das von selbst bemerkt.',
    ],
    sentence: () => 'Die Lizenz ist nicht mehr am Konto, und kein Postfach antwortet.',
  },

  mailbox_opening: {
    title: 'Lizenziert, das Postfach entsteht',
    fix: null,
    sentence: (f) =>
      `${f.licences === null ? 'Die Lizenz' : names(f.licences)} ${isSeveral(f.licences) ? 'sind' : 'ist'} zugewiesen und bestätigt. Das Postfach entsteht: meist binnen 30 Minuten, höchstens in 24 Stunden. Es wird automatisch wieder geprüft.`,
  },
  mailbox_opening_elsewhere: {
    title: 'Von anderen lizenziert, das Postfach entsteht',
    fix: null,
    sentence: (f) =>
      `Das Konto hat schon eine Lizenz, ${f.through === 'group' ? 'über eine Gruppe' : 'direkt zugewiesen'}. Exchange Online legt das Postfach an.`,
  },
  mailbox_late: {
    title: 'Das Postfach hat sich nicht rechtzeitig geöffnet',
    fix: 'Erstellen Sie eine Supportanfrage bei Microsoft mit den Anforderungs-IDs unten, oder sehen Sie nach, ob es ein lokales Postfach gibt. Wo AutoProvision die Lizenz zugewiesen hat, lässt sie sich einmal entfernen und neu zuweisen: Exchange Online fängt dann von vorn an.',
    sentence: (f) =>
      `Lizenziert, aber das Postfach antwortet seit ${f.hours === 1 ? '1 Stunde' : `${f.hours} Stunden`} nicht. ${lateText(f)}`,
  },
  provisioned: {
    title: 'Das Postfach ist offen',
    fix: null,
    sentence: () => 'Von AutoProvision lizenziert, und das Postfach antwortet.',
  },
  mailbox_open_licensed: {
    title: 'Postfach war schon offen',
    fix: null,
    sentence: () => 'Das Postfach war schon offen und lizenziert: Es musste nichts zugewiesen werden.',
  },
  mailbox_open_unlicensed: {
    title: 'Hat ein Postfach ohne Lizenz',
    fix: 'Oft stammt es aus einer früheren Anstellung. Gehört es dieser Person, lizenzieren Sie trotzdem: Die zugeordnete Lizenz wird zugewiesen. Sonst schließen Sie den Fall.',
    sentence: () =>
      'Das Postfach antwortet, aber keine Lizenz deckt es ab: Exchange Online löscht es 30 Tage, nachdem die Lizenz weg ist. Es wurde nichts geändert.',
  },
  mailbox_of_nobody: {
    title: 'Ein freigegebenes Postfach, ein Raum oder ein Gerät',
    fix: 'Soll eine Person damit arbeiten, wandeln Sie es im Exchange Admin Center in ein Benutzerpostfach um (Empfänger, Postfächer, In normales Postfach konvertieren), und prüfen Sie dann erneut. Sonst schließen Sie den Fall: Es braucht keine Lizenz.',
    sentence: (f) =>
      `Das Konto hat schon ein Postfach, und Exchange Online führt es ${PURPOSES[f.purpose] ?? 'als Gerät'}. ${f.licensed ? 'AutoProvision hatte die Lizenz zugewiesen, bevor das zu sehen war.' : 'Es wurde nichts geändert.'}`,
  },
  mailbox_opened_elsewhere: {
    title: 'Postfach geöffnet, von anderen lizenziert',
    fix: null,
    sentence: () => 'Das Postfach antwortet. AutoProvision hat die Lizenz nicht für diese Zeile zugewiesen.',
  },
};

const ended = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`);

export const NOTES_DE: Wording['notes'] = {
  why: (f) => `Begründung: ${f.why}`,
  earlier_account: (f) =>
    `Das frühere Konto wurde gelöscht und lässt sich bis zum ${dayText(f.until)} mit seinem Postfach wiederherstellen.`,
  location_differs: (f) => `In der Zeile steht ${f.row}, das Konto behält seinen Nutzungsstandort ${f.account}.`,
  renamed: (f) => `Das Konto wurde in ${f.upn} umbenannt.`,
  licence_left: (f) =>
    `Bevor der Name korrigiert wurde, hat AutoProvision ${f.licences} an ${f.upn} zugewiesen; dort ist die Zuweisung noch vorhanden. AutoProvision nimmt anderen nichts weg: Ist sie nicht für diese Person bestimmt, entfernen Sie sie im Microsoft 365 Admin Center.`,
  found_by_other_name: (f) =>
    `Das Konto wurde über seinen Namen in Active Directory gefunden; in Microsoft 365 heißt es ${f.upn}.`,
  request_id: (f) => `Anforderungs-ID: ${f.id}.`,
  exchange_reports: (f) => ended(`Exchange Online meldet: ${f.report}`),
  synchronisation_reports: (f) =>
    ended(`Die Verzeichnissynchronisierung meldet ${f.category} für ${f.property}: ${f.value}`),
};

export const RUN_REASONS_DE: Record<RunReason, string> = {
  sign_in_failed: 'Die Anmeldung bei Microsoft Graph schlug fehl',
  permission_missing: 'Eine Graph-Berechtigung fehlt',
  graph_down: 'Microsoft Graph antwortet nicht',
  waiting_for_graph: 'Wartet, bevor Graph wieder gefragt wird',
  most_calls_failed: 'Die meisten Anfragen an Microsoft Graph schlugen fehl',
  cancelled: 'Von jemandem abgebrochen',
  stopped_by_signal: 'Der Server wurde gestoppt',
  lease_lost: 'Ein anderer Prozess hat übernommen',
  process_died: 'Der Prozess endete mitten im Lauf',
  unexpected: 'Ein unerwarteter Fehler',
};
