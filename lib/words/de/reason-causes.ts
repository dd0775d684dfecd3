/** What Help says about the cause of each reason, in German: the same codes as `lib/domain/reasons/reason-catalogue.ts`, or it does not compile. */
import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';

export const REASON_CAUSES_DE: Record<ReasonCode, string> = {
  queued: 'Eine Datei hat diese Person genannt, und seitdem ist kein Zyklus gelaufen.',
  retried: 'Jemand hat „Erneut prüfen“ gewählt oder die Zeile korrigiert. Das Konto wird sofort noch einmal geprüft.',
  approved:
    'Jemand hat die Person unter Genehmigungen freigegeben. Die Lizenz folgt sofort, wenn der Plan noch derselbe ist.',
  license_now:
    'Jemand hat „Jetzt lizenzieren“ gewählt, für eine Person, die auf ihren Eintritt wartete oder darauf, dass das Konto aktiviert wird.',
  license_anyway: 'Jemand hat „Trotzdem lizenzieren“ gewählt, für eine Person, deren Konto schon eine Adresse hat.',
  choice_made:
    'Es war zu entscheiden, was mit der Lizenz geschieht, und jemand hat auf der Seite der Person geantwortet.',
  reopened: 'Der Fall war geschlossen, und jemand hat ihn wieder geöffnet.',
  dismissed:
    'Jemand hat den Fall von Hand geschlossen und eine Begründung gegeben, die auf der Seite der Person steht. Es geschieht nichts mehr, bis der Fall wieder geöffnet wird oder eine spätere Datei etwas Neues über die Person sagt.',
  rejected:
    'Die Person war angehalten, bis jemand genehmigt, und jemand hat abgelehnt. Die Begründung steht auf der Seite der Person.',
  lookup_failed:
    'Microsoft 365 wurde nach dem Konto gefragt und gab keine brauchbare Antwort: Es war ausgelastet, nicht erreichbar, oder die Antwort dauerte zu lange. Über das Konto sagt das nichts.',
  mailbox_unknown:
    'Das Konto wurde gefunden, aber Exchange Online hat nicht gesagt, ob es ein Postfach gibt. Solange das nicht bekannt ist, wird nichts geändert, denn ein zweites Postfach wäre schlimmer als eine kurze Wartezeit.',
  readback_pending:
    'Die Lizenz ist gesendet, und das Konto zeigt sie noch nicht. Es kann dauern, bis Microsoft 365 eine Änderung überall zeigt. Die Lizenz wird nie noch einmal gesendet, bevor das Konto gelesen ist.',
  location_not_in_effect:
    'Ein Nutzungsstandort, der gerade erst geschrieben wurde, erreicht den Teil von Microsoft 365, der Lizenzen zuweist, verspätet, manchmal um Stunden. Bis dahin wird jede Lizenz abgelehnt, als wäre der Standort ungültig.',
  write_failed:
    'Microsoft 365 konnte die Änderung in diesem Augenblick nicht annehmen, zum Beispiel weil der Mandant ausgelastet war. Der nächste Zyklus versucht es noch einmal.',
  permission_missing:
    'Der App-Registrierung, mit der sich AutoProvision anmeldet, fehlt eine Berechtigung in Microsoft Graph. Das betrifft alle, nicht nur diese Person.',
  access_denied:
    'Microsoft 365 hat die Änderung an diesem einen Konto abgelehnt. Meist liegt das Konto in einer eingeschränkten Verwaltungseinheit, oder die Rolle der App gilt für einen Bereich, zu dem das Konto nicht gehört.',
  mailbox_denied:
    'Die App darf die Einstellungen anderer Postfächer lesen, die von diesem aber nicht: Eine Anwendungszugriffsrichtlinie oder der Bereich einer Rolle in Exchange Online nimmt es aus.',
  unknown_too_long:
    'Lange Zeit endete jede Prüfung ohne brauchbare Antwort, zum Beispiel mit Fehlern oder weil die Zeit ablief. Solange etwas nicht bekannt ist, wird nichts geändert, aber jemand sollte nachsehen.',
  would_license: 'Nur in einem Probelauf: Das täte ein echter Zyklus. Es wurde nichts geändert.',
  not_synchronised:
    'Das Konto gibt es in Active Directory, aber die Verzeichnissynchronisierung (Entra Connect) hat es noch nicht nach Microsoft 365 kopiert. Das ist normal und dauert Minuten bis Stunden.',
  never_synchronised:
    'In der Zeit, die in den Einstellungen steht, kam kein Konto mit diesem UserPrincipalName nach Microsoft 365. Vielleicht ist der Name in der Datei falsch geschrieben, das Konto wurde umbenannt, oder es liegt in einer Organisationseinheit, die nicht synchronisiert wird.',
  account_deleted:
    'Das Konto war schon gefunden und ist nicht mehr da: in Entra ID oder Active Directory gelöscht, oder nicht mehr synchronisiert. Microsoft 365 bewahrt ein gelöschtes Konto und sein Postfach 30 Tage lang auf.',
  domain_not_verified:
    'Der Teil hinter dem @ ist keine Domäne, die Microsoft 365 in einem Namen annimmt, zum Beispiel eine, die es nur in Active Directory gibt. Synchronisierte Konten bekommen dann einen Namen unter onmicrosoft.com.',
  name_belongs_to_another:
    'Ein Konto mit diesem UserPrincipalName gibt es, aber es gehört einer anderen Person: Die angezeigten Namen haben nichts gemeinsam, oder die Verzeichnissynchronisierung musste das Konto des Neuzugangs anders nennen, oder das Konto wurde umbenannt und sein Name weitergegeben, solange noch darauf gewartet wurde. Würde es für das Konto des Neuzugangs gehalten, bekäme die falsche Person eine Lizenz oder der Neuzugang ein fremdes Postfach.',
  several_accounts: 'Mehr als ein Konto hat diesen UserPrincipalName, deshalb ist nicht sicher, wer die Lizenz bekäme.',
  account_is_guest: 'Das Konto gehört zu einer anderen Organisation und wurde in diesen Mandanten als Gast eingeladen.',
  before_start:
    'Die Zeile nennt einen Eintritt, der weiter weg ist, als Einstellungen oder Zuordnung es für die Lizenz erlauben. Ab dem Tag, den der Satz nennt, ist für die Person eine Lizenz reserviert. „Jetzt lizenzieren“ wartet nicht.',
  account_disabled:
    'Die Anmeldung ist für dieses Konto gesperrt, meist weil die Person noch nicht angefangen hat, und laut den Einstellungen wird gewartet, bis das Konto aktiviert ist. Ist es 7 Tage nach dem Eintritt immer noch deaktiviert, oder ohne Eintritt nach 30 Tagen, wird jemand gefragt. „Jetzt lizenzieren“ wartet nicht.',
  proxy_address_conflict:
    'Die E-Mail-Adresse dieser Person gehört schon einem anderen Konto, oft dem einer Person gleichen Namens oder einer, die gegangen ist. Exchange Online kann damit kein Postfach anlegen.',
  mailbox_on_premises: 'Exchange Online kennt ein Postfach dieser Person auf Ihren eigenen Exchange-Servern.',
  mailbox_maybe_on_premises:
    'Das Konto wurde mit einer E-Mail-Adresse synchronisiert, hat aber kein Postfach in der Cloud, und laut Einstellungen oder Zuordnung bekommen manche Neuzugänge noch eines auf Ihren eigenen Exchange-Servern. Die Adresse allein verrät es nicht, deshalb entscheidet ein Mensch. Exchange Online legt kein zweites Postfach an, wenn die Verzeichnissynchronisierung die ID des lokalen mitgebracht hat.',
  employee_type_missing:
    'Die Datei nennt die Person mit einer gültigen Adresse, aber die Zelle mit dem EmployeeType ist leer. Deswegen wird niemand abgelehnt: Tragen Sie ihn ein, und es geht sofort weiter.',
  type_unmapped:
    'Keine Zuordnung sagt, welche Lizenz Personen mit diesem EmployeeType bekommen. Oft ist es ein neuer oder ein Schreibfehler.',
  sku_not_in_tenant:
    'Die Zuordnung nennt eine Lizenz, die Ihre Organisation nie gekauft hat oder die ganz abgelaufen ist.',
  sku_suspended:
    'Das Abonnement wurde nicht verlängert. Solange das so ist, lassen sich keine Lizenzen daraus zuweisen.',
  makes_no_mailbox:
    'Die zugeordnete Lizenz enthält kein Exchange Online, oder die Zuordnung schaltet es aus. Mit ihr entstünde nie ein Postfach.',
  service_plan_unknown:
    'Die Zuordnung schaltet einen Dienstplan aus, den die Lizenz nicht enthält. Microsoft ändert Dienstpläne hin und wieder.',
  no_seat:
    'Alle gekauften Lizenzen dieser Art sind vergeben. Die erste freie bekommt, wer zuerst anfängt; ohne Eintritt zählt, wann die Person zuerst genannt wurde.',
  safety_limit:
    'Binnen 24 Stunden wären mehr Personen lizenziert worden, als die Sicherheitsgrenze erlaubt. Das schützt vor einer falschen Datei, deshalb muss ein Mensch bestätigen, dass es wirklich so viele Neuzugänge sind.',
  approval_needed:
    'Die Person war angehalten, wurde dann bearbeitet, abgelehnt oder geschlossen und kam wieder. Weiter geht es erst, wenn jemand genehmigt, der die Person weder eingereicht noch geändert noch zugeordnet hat.',
  rows_disagree:
    'Zwei Zeilen nennen diese Person, in einer Datei oder in zweien, mit verschiedenem EmployeeType oder Nutzungsstandort, und noch ist keine Lizenz zugewiesen. Welche stimmt, lässt sich aus den Dateien nicht sagen. In den Einstellungen kann festgelegt werden, dass die neueste Zeile gilt.',
  row_chosen:
    'Zwei Zeilen widersprachen sich, und jemand hat die richtige gewählt. Das Konto wird sofort noch einmal geprüft.',
  approval_void:
    'Jemand hat genehmigt, aber bevor die Lizenz zugewiesen war, änderte sich die Zuordnung oder der Nutzungsstandort. Eine Genehmigung gilt nur für das, was damals zu sehen war.',
  usage_location_not_allowed:
    'Microsoft bietet diese Lizenz in dem Land nicht an, das am Konto als Nutzungsstandort steht.',
  location_refused:
    'Ohne Nutzungsstandort lässt sich keine Lizenz zuweisen. AutoProvision wollte den fehlenden festlegen, und Microsoft 365 hat abgelehnt, meist weil die Verzeichnissynchronisierung ihn aus Active Directory bringt.',
  service_plans_conflict:
    'Das Konto hat schon eine andere Lizenz, und beide enthalten Dienstpläne, die sich nicht zusammen verwenden lassen.',
  service_plan_dependency:
    'Ein Dienstplan der Lizenz arbeitet nur zusammen mit einem anderen, der ausgeschaltet ist oder fehlt.',
  licence_refused:
    'Microsoft 365 hat die Lizenz aus einem eigenen Grund abgelehnt. Was es dazu sagt, steht auf der Seite der Person.',
  group_licence_failed:
    'Die Lizenz kommt über eine Gruppe. Als sie zugewiesen wurde, war keine frei, und wenn Lizenzen nachgekauft werden, versucht Microsoft 365 es nicht von selbst noch einmal.',
  licence_differs:
    'Eine spätere Datei oder jemand hier nennt für eine lizenzierte Person einen anderen EmployeeType. Von selbst wird nie eine Lizenz entfernt und nie eine zweite hinzugefügt. Entfernen lässt sich hier nur, was AutoProvision direkt zugewiesen hat.',
  other_licence:
    'Jemand anderes, eine Gruppe oder AutoProvision für eine andere Zeile hat dem Konto eine Lizenz mit Postfach gegeben, und es ist nicht die, die die Zuordnung verlangt. Von selbst kommt nie eine zweite hinzu, und was AutoProvision nicht für die Zeile zugewiesen hat, entfernt es nie.',
  seat_not_taken:
    'Als die Lizenz zugewiesen wurde, war keine frei. Inzwischen sind Lizenzen frei, und sie noch einmal zuzuweisen hat nicht geholfen.',
  mailbox_plan_off:
    'Das Konto hat die Lizenz, aber jemand hat Exchange Online darin ausgeschaltet. Was andere von Hand festgelegt haben, ändert AutoProvision nicht.',
  licence_removed:
    'Das Konto hatte die Lizenz, von AutoProvision oder von anderen, und das war bestätigt. Seitdem hat jemand, ein anderes Programm oder eine Gruppe sie entfernt.',
  mailbox_opening:
    'Die Lizenz ist am Konto; Exchange Online legt das Postfach an. Das dauert meist weniger als 30 Minuten und höchstens 24 Stunden.',
  mailbox_opening_elsewhere:
    'Jemand anderes oder eine Gruppe hat eine Lizenz zugewiesen. AutoProvision weist keine weitere zu und wartet nur auf das Postfach.',
  mailbox_late:
    'Die Lizenz ist länger am Konto, als die Einstellungen erlauben, und das Postfach antwortet noch immer nicht. Was Exchange Online dazu meldet, steht auf der Seite der Person.',
  provisioned: 'AutoProvision hat die Lizenz zugewiesen und am Konto gesehen, und das Postfach hat geantwortet.',
  mailbox_open_licensed:
    'Als die Datei kam, hatte die Person eine Lizenz und ein Postfach, das antwortet. Es wurde nichts geändert.',
  mailbox_open_unlicensed:
    'Das Postfach antwortet, und keine Lizenz am Konto deckt es ab. So ist es einige Wochen lang, nachdem jemand gegangen ist und die Lizenz verloren hat. AutoProvision schließt einen solchen Fall nicht von selbst ab und weist auch nichts zu.',
  mailbox_of_nobody:
    'Exchange Online meldet, dass das Postfach freigegeben, ein Raum oder ein Gerät ist. Postfächer von Ausgeschiedenen werden oft in freigegebene umgewandelt, die jemand, der zurückkommt, nicht einfach verwenden kann.',
  mailbox_opened_elsewhere:
    'Die Person wartete auf ein Postfach, mit einer Lizenz, die andere zugewiesen haben, und das Postfach hat sich geöffnet.',
};
