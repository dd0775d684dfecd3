import type { Translation } from '#lib/words/english.ts';

export const settingsFormDe: Translation<'settingsForm'> = {
  save: 'Speichern',
  discard: 'Verwerfen',
  unsaved: '{n, plural, one {# Änderung} other {# Änderungen}} noch nicht gespeichert: {names}.',
  saved: 'Gespeichert. Es gilt ab dem nächsten Zyklus.',
  notSaved: 'Es wurde nichts gespeichert: Bitte prüfen Sie die markierten Felder.',
  overtaken:
    '{problem} Jetzt gilt: {now}. Speichern Sie noch einmal, um Ihren Wert an dessen Stelle zu setzen, oder <take>übernehmen Sie den anderen</take>.',
  inLine: 'Zeile {n, number} {problem}',
  'value.none': 'keine',
  'value.on': 'ein',
  'value.off': 'aus',
  'value.empty': 'leer',
  'value.window': '{days}, {from} bis {to}',
  'day.0': 'So',
  'day.1': 'Mo',
  'day.2': 'Di',
  'day.3': 'Mi',
  'day.4': 'Do',
  'day.5': 'Fr',
  'day.6': 'Sa',
  'unit.people': 'Personen',
  'unit.minutes': 'Minuten',
  'unit.hours': 'Stunden',
  'unit.days': 'Tage',
  'unit.years': 'Jahre',
  'unit.backups': 'Sicherungen',
  commonSchedules: 'Häufige Zeitpläne',
  schedule: 'Als Cron-Ausdruck',
  'hint.schedule': 'Minute, Stunde, Tag, Monat, Wochentag. „Nächste Zyklen“ zeigt, was er bedeutet.',
  timeZone: 'Zeitzone',
  'hint.timeZone': 'Geben Sie eine Stadt ein, zum Beispiel Berlin, und wählen Sie aus.',
  paused: 'Zeitplan pausieren: Kein Zyklus beginnt automatisch, „Jetzt starten“ geht weiterhin',
  maintenance: 'Wartungsfenster: eine Zeit, in der kein Zyklus automatisch beginnt',
  maintenanceDays: 'Beginnt am',
  from: 'Von',
  to: 'Bis',
  nextCycles: 'Nächste Zyklen',
  onceSaved: 'Nächste Zyklen nach dem Speichern',
  meaning: '<strong>{text}.</strong>',
  meaningPaused: '<strong>{text}.</strong> Pausiert: Kein Zyklus beginnt automatisch. „Jetzt starten“ geht weiterhin.',
  meaningNever: '<strong>{text}.</strong> Das Wartungsfenster endet nie, deshalb beginnt kein Zyklus automatisch.',
  timesIn: 'Zeiten in {zone}:',
  maintenanceNow: 'Wartung: {text}. Sie läuft bis {to}. Zyklen, die in diese Zeit fallen, werden danach nachgeholt.',
  maintenanceNext:
    'Wartung: {text}. Nächstes Mal: {from} bis {to}. Zyklen, die in diese Zeit fallen, werden danach nachgeholt.',
  dropFolder: 'Eingangsordner',
  'hint.dropFolder':
    'Der vollständige Pfad der Freigabe, auf der das IDM seine CSV-Dateien ablegt. Er gilt ab dem nächsten Zyklus; Dateien im alten Ordner bleiben dort. Er muss in einem Ordner liegen, den die Umgebung erlaubt (DROP_FOLDER_ROOTS). Die Umgebung nennt {folder}.',
  columnAliases: 'Spaltennamen',
  'hint.columnAliases':
    'Wie die Spalten in Ihren Dateien heißen, neben den üblichen Namen. Einer pro Zeile, zum Beispiel UserPrincipalName = Email. Die Spalten sind {names} und {last}.',
  columnOrder: 'Spalten in Dateien ohne Kopfzeile',
  'hint.columnOrder':
    'Die Namen aller Spalten, einer pro Zeile und in ihrer Reihenfolge, zum Beispiel CN, UserPrincipalName, EmployeeType. Leer: Eine Datei ohne Kopfzeile wird im Eingangsordner abgelehnt, und ein Upload fragt nach den Spalten.',
  newestRowWins:
    'Widersprechen sich zwei Zeilen über EmployeeType oder Nutzungsstandort einer Person ohne Lizenz, gilt die neueste. Aus: Die Person wird angehalten, bis jemand wählt.',
  safetyLimit: 'Sicherheitsgrenze',
  'hint.safetyLimit':
    'So viele Personen werden in 24 Stunden höchstens ohne Genehmigung lizenziert, aus welchem Lauf, Upload oder Klick sie auch kommen; die übrigen werden angehalten und stehen unter Genehmigungen. 0: keine Grenze.',
  defaultUsageLocation: 'Standard-Nutzungsstandort',
  'hint.defaultUsageLocation': 'Gilt, wenn weder die Zeile noch die Zuordnung noch das Konto einen hat.',
  onPremises:
    'Manche Neuzugänge bekommen noch ein lokales Postfach: Konten, die schon eine Adresse haben, erst lizenzieren, wenn jemand „Trotzdem lizenzieren“ wählt.',
  leadTime: 'Lizenz bei bekanntem Eintritt zuweisen',
  'hint.leadTime':
    'In der Zeitzone des Zeitplans und immer früh genug, dass das Postfach am ersten Tag geöffnet ist. Von da an wird eine Lizenz reserviert, in der Reihenfolge der Eintritte. Eine Zuordnung kann etwas anderes sagen.',
  waitUntilEnabled: 'Warten, bis ein deaktiviertes Konto aktiviert ist.',
  syncLimitDays: 'Warten auf ein Konto',
  'hint.syncLimitDays':
    'Wessen Konto die Verzeichnissynchronisierung bis dahin nicht zu Microsoft 365 gebracht hat, erscheint unter „Handlungsbedarf“.',
  mailboxLimitHours: 'Warten auf ein Postfach',
  'hint.mailboxLimitHours':
    'Wessen Postfach bis dahin nicht antwortet, erscheint unter „Handlungsbedarf“. Exchange Online braucht meist nur Minuten.',
  attentionCheckHours: 'Personen mit Handlungsbedarf erneut prüfen nach',
  'hint.attentionCheckHours':
    'Die Ursache kann anderswo behoben worden sein; deshalb wird in diesem Abstand erneut geprüft.',
  retentionDays: 'Einzelheiten aufbewahren für',
  'hint.retentionDays':
    'Einmal am Tag wird gelöscht, was älter ist: Prüfungen, die nichts geändert haben, Anfragen an Microsoft 365, die Texte der Berichte und Zyklen, von denen sonst nichts übrig ist. Von Zyklen, die nichts zu tun fanden, bleibt nach 7 Tagen einer pro Tag. Probeläufe bleiben 7 Tage, nie importierte Uploads und Prüfungen der Einrichtung 30. Personen und die Zeilen jeder Datei bleiben für immer.',
  historyYears: 'Verlauf aufbewahren für',
  'hint.historyYears':
    'Einmal am Tag wird entfernt, was länger zurückliegt, das Älteste zuerst; eine versiegelte Zusammenfassung bleibt. Nicht entfernt wird, was zu einer noch offenen Person, Zeile oder Datei gehört, und alles danach. 0: unbegrenzt.',
  backupTime: 'Tägliche Sicherung um',
  'hint.backupTime':
    'Stunden und Minuten in der Zeitzone des Zeitplans, zum Beispiel 02:30. Sie wird in den Ordner backups im Datenordner geschrieben und zur Probe in einem eigenen Ordner wiederhergestellt. Leer: Es wird keine Sicherung gemacht.',
  backupsKept: 'Aufbewahrte Sicherungen',
  'hint.backupsKept':
    'Ältere werden gelöscht, sobald eine neue sich als vollständig erwiesen hat. Kopieren Sie sie auf einen anderen Computer: Fällt der Datenträger aus, sind sonst beide verloren.',
  sessionIdleMinutes: 'Inaktive Sitzungen enden nach',
  'hint.sessionIdleMinutes':
    'Gezählt ab der letzten geöffneten Seite, der letzten Taste oder dem letzten Klick. Eine offene Seite, die sich selbst aktualisiert, zählt nicht.',
  sessionMaxHours: 'Jede Sitzung endet nach',
  'hint.sessionMaxHours':
    'Auch bei laufender Arbeit: Danach ist eine neue Anmeldung nötig. Beide Grenzen gelten auch für laufende Sitzungen.',
  whoIsSignedIn: 'Sehen, wer angemeldet ist',
  reportSender: 'Absender der Berichte',
  senderMailbox: 'Das Postfach, das sie sendet, über Microsoft Graph. Ein freigegebenes Postfach genügt.',
  senderAddress: 'Die Adresse, von der sie kommen. Gesendet werden sie über den Mailserver {server}.',
  reportRecipients: 'Empfänger der Berichte',
  'hint.reportRecipients':
    'Personen oder Gruppen, eine Adresse pro Zeile. Sie bekommen eine E-Mail, wenn ein Lauf etwas zu berichten hat.',
  mailLanguage: 'Sprache der E-Mails',
  'hint.mailLanguage': 'Für Berichte und Test-E-Mails. Das angehängte Protokoll bleibt auf Englisch.',
  reportPace: 'Berichte werden gesendet',
  'hint.reportPace':
    'Ein Bericht enthält alles seit dem vorigen. In einer halben Stunde werden höchstens drei gesendet.',
  'pace.at_once': 'Sobald es etwas Neues gibt',
  'pace.hourly': 'Einmal pro Stunde',
  'pace.daily': 'Einmal am Tag',
  reportTime: 'Täglicher Bericht um',
  dailyTime:
    'Stunden und Minuten in der Zeitzone des Zeitplans, zum Beispiel 07:00. Er wird nach dem nächsten Lauf gesendet.',
  onlyDailyTime:
    'Stunden und Minuten in der Zeitzone des Zeitplans, zum Beispiel 07:00. Er wird nach dem nächsten Lauf gesendet. Das gilt nur, wenn Berichte einmal am Tag gesendet werden.',
  sendTestMail: 'Test-E-Mail senden',
  onItsWay: 'Unterwegs an {recipients}: <mail>Sehen, was daraus wurde</mail>.',
  environment:
    'Diese Angaben kommen aus der Umgebung des Servers. Geändert werden sie dort (oder in der Datei .env), und der Server liest sie, wenn er startet.',
  tenant: 'Mandant',
  demoTenant: 'der Demomandant',
  dataFolder: 'Datenordner',
  firstDropFolder: 'Erster Eingangsordner',
  mailThrough: 'E-Mails gehen über',
  mailServer: 'den Mailserver {server}',
  writes: 'Schreibzugriffe auf Graph',
  writesAtMost: 'höchstens {n, number} in 150 Sekunden',
  reads: 'Lesezugriffe auf Graph',
  readsAtMost: 'höchstens {n, number} Ressourceneinheiten in 10 Sekunden',
};
