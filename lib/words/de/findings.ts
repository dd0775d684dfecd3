import type { Translation } from '#lib/words/english.ts';

export const findingsDe: Translation<'findings'> = {
  noSuchFolder: 'den Ordner gibt es nicht ({code})',
  fileInTheWay: 'eine Datei heißt so ({code})',
  accessDenied: 'der Zugriff wird verweigert ({code})',
  readOnly: 'er ist schreibgeschützt ({code})',
  diskFull: 'der Datenträger ist voll ({code})',
  notAFolder: 'das ist kein Ordner',
  unreadableResponse: 'die Antwort war nicht zu lesen',
  freeSeats: '{licence}: {n, plural, one {# Lizenz} other {# Lizenzen}} frei',
  secretOpen: '{name}: {file} können andere auf diesem Rechner lesen oder ändern.',
  secretUnread: '{name}: nicht lesbar ({why}).',
  employeeType: 'EmployeeType {type}',
  senderMailbox: 'Postfach des Absenders',
  unexpected: 'Unerwartet',
  signedIn: 'Angemeldet.',
  signedInWith: 'Angemeldet. Das Token nennt {n, plural, one {# Berechtigung} other {# Berechtigungen}}.',
  signInProblem: '{problem}',
  compareRegistration:
    'Vergleichen Sie AZURE_TENANT_ID, AZURE_CLIENT_ID und das Geheimnis oder Zertifikat mit der App-Registrierung (Microsoft Entra Admin Center → App-Registrierungen → die App → Übersicht sowie Zertifikate & Geheimnisse), korrigieren Sie sie und starten Sie den Server neu.',
  notSignedIn: 'Nicht geprüft: Die Anmeldung ist fehlgeschlagen.',
  thisIs: 'Das ist {tenant}.',
  yourOrganisation: 'Das ist Ihre Organisation.',
  nameNotAllowed: 'Mit diesen Berechtigungen lässt sich ihr Name nicht lesen. Sonst hängt nichts davon ab.',
  nameUnknown: 'Microsoft Graph konnte ihren Namen nicht nennen: {why}.',
  certificateExpired: 'Das Zertifikat {path} ist abgelaufen: Ersetzen Sie es hier und in Entra ID.',
  certificateExpires:
    'Das Zertifikat {path} läuft in {days, plural, one {# Tag} other {# Tagen}} ab: Ersetzen Sie es hier und in Entra ID.',
  certificateUnread: 'Das Zertifikat {path} lässt sich nicht lesen.',
  certificatesAndSecrets: 'Microsoft Entra Admin Center → App-Registrierungen → die App → Zertifikate & Geheimnisse.',
  secretInUse:
    'Verwendet wird ein geheimer Clientschlüssel. Wann er abläuft, weiß nur Entra ID; ein abgelaufener zeigt sich als fehlgeschlagene Anmeldung (AADSTS7000222).',
  certificateValid: 'Das Zertifikat gilt noch mehr als 30 Tage.',
  demoCredentials: 'Der Demomandant hat eigene Anmeldedaten.',
  managedIdentity: 'Eine verwaltete Identität erneuert sich selbst: Nichts läuft ab.',
  demoSecrets: 'Die Demo hat keine Geheimnisse, die geschützt werden müssten.',
  protectSecrets:
    'Lassen Sie nur das Konto, unter dem AutoProvision läuft, die Dateien mit Geheimnissen lesen (Modus 400 oder 600), und belassen Sie sie dort, wo sie genannt sind.',
  noSecretInEnvironment: 'In der Umgebung selbst steht kein Geheimnis.',
  secretsInEnvironment: 'In der Umgebung selbst: {names}.',
  secretToFile:
    'Besser in einer Datei aus einem Tresor, die sich ohne Neustart ersetzen lässt: Nennen Sie sie in {name}_FILE.',
  demoSignIn: 'Die Demo hat eine eigene Anmeldung.',
  webSignIn: 'Die Anmeldung ist eingerichtet; geöffnet wird {address}.',
  webSignInProblem: 'Die Anmeldung ist nicht richtig eingerichtet. Gemeldet wird: „{problem}“',
  setInEnvironment: 'Legen Sie es in der Umgebung oder in .env fest, und starten Sie dann den Server neu.',
  granted: '{permission} ist erteilt.',
  answersCall: 'Microsoft Graph beantwortet diesen Aufruf.',
  onlyAWriteShows:
    'Das Zugriffstoken nennt seine Berechtigungen nicht, und ob {permission} erteilt ist, würde nur ein Schreibzugriff zeigen.',
  grantedButRefused: '{permission} ist erteilt, Microsoft Graph hat aber abgelehnt: {why}',
  missingByRefusal: '{permission} fehlt: Microsoft Graph hat abgelehnt ({why}).',
  missingUsers: '{permission} fehlt: Niemand aus einer Datei lässt sich in Microsoft 365 finden.',
  missingAssign: '{permission} fehlt: Niemand kann lizenziert werden.',
  missingLocation:
    '{permission} fehlt: Personen, deren Konto noch keinen Nutzungsstandort hat, können nicht lizenziert werden.',
  missingLicences: '{permission} fehlt: Freie Lizenzen lassen sich nicht zählen, also wird nichts zugewiesen.',
  missingMailbox: '{permission} fehlt: Ob ein Postfach geöffnet ist, lässt sich nicht sehen.',
  missingMail: '{permission} fehlt: Berichte können nicht über Microsoft Graph gesendet werden.',
  consent:
    'Microsoft Entra Admin Center → App-Registrierungen → die App → API-Berechtigungen → Berechtigung hinzufügen → Microsoft Graph → Anwendungsberechtigungen → {permission} → Berechtigungen hinzufügen. Wählen Sie dort dann „Administratorzustimmung erteilen“ (dazu braucht es das Recht zuzustimmen), und prüfen Sie erneut.',
  consentForApp:
    'Microsoft Entra Admin Center → App-Registrierungen → die App mit der Anwendungs-ID (Client) {id} → API-Berechtigungen → Berechtigung hinzufügen → Microsoft Graph → Anwendungsberechtigungen → {permission} → Berechtigungen hinzufügen. Wählen Sie dort dann „Administratorzustimmung erteilen“ (dazu braucht es das Recht zuzustimmen), und prüfen Sie erneut.',
  consentManaged:
    'Eine verwaltete Identität bekommt ihre Berechtigungen über PowerShell: New-MgServicePrincipalAppRoleAssignment für die Identität, mit der App-Rolle {permission} von Microsoft Graph. Prüfen Sie danach erneut.',
  waitForConsent:
    'Bis eine Zustimmung wirkt, können einige Minuten vergehen: Warten Sie, und prüfen Sie dann erneut. Bleibt der Fehler, suchen Sie in Exchange Online nach einer Anwendungszugriffsrichtlinie, die diese App aussperrt.',
  ownMailServer: 'Nicht nötig: Berichte gehen über Ihren eigenen Mailserver.',
  folderUnusable: 'Der Eingangsordner {folder} lässt sich nicht verwenden: {why}.',
  createFolder:
    'Legen Sie den Ordner an oder verbinden Sie die Freigabe, geben Sie dem Konto, unter dem AutoProvision läuft, das Recht, ihn zu lesen und zu ändern, oder wählen Sie in den Einstellungen einen anderen Ordner.',
  folderMissing: 'Nicht geprüft: Den Ordner gibt es nicht.',
  folderExists: '{folder} ist vorhanden.',
  folderUnread: '{folder} lässt sich nicht lesen: {why}.',
  folderUnwritten: 'In {folder} lässt sich nicht schreiben: {why}.',
  filesUnmoved: 'Dateien lassen sich nicht nach {folder} verschieben: {why}.',
  giveRights:
    'Geben Sie dem Konto, unter dem AutoProvision läuft, das Recht, dort zu lesen, zu erstellen, umzubenennen und zu löschen.',
  filesToImport:
    '{n, plural, =0 {Gerade liegt keine Datei zum Importieren darin.} one {Gerade liegt # Datei zum Importieren darin.} other {Gerade liegen # Dateien zum Importieren darin.}}',
  otherFiles: '{text}',
  moveOtherFiles:
    'Benennen Sie sie um, wandeln Sie sie um oder verschieben Sie sie: Wer darin steht, ist hier nicht bekannt.',
  fileCreated: 'Eine Datei lässt sich dort anlegen und löschen.',
  fileMoved: 'Eine Datei lässt sich nach {folder} verschieben.',
  noScanner: 'CLAMD ist nicht festgelegt: Dateien werden hier nicht auf Malware geprüft.',
  scannerAnswers: '{version} antwortet und findet die Testdatei.',
  scannerBlind: '{version} antwortet, findet aber die Testdatei von EICAR nicht.',
  runFreshclam:
    'Die Signaturen fehlen oder sind sehr alt: Führen Sie freshclam aus, und sorgen Sie dafür, dass es jeden Tag läuft.',
  scannerAway: 'Er liefert kein Ergebnis, also wird keine Datei angenommen: {why}.',
  startClamd:
    'Starten Sie clamd, und lassen Sie das Konto, unter dem AutoProvision läuft, seinen Socket benutzen; vergleichen Sie CLAMD. Dateien warten und werden angenommen, sobald er antwortet.',
  logStays:
    'LOG_FORWARD ist nicht festgelegt: Sofern es nicht der Sammeldienst dieses Rechners weiterleitet, bleibt das Protokoll hier.',
  logAnswers: '{target} antwortet.',
  logRefused: '{target} nimmt das Protokoll nicht an: {why}.',
  linesLost:
    'Seit dem Start des Servers war für {n, plural, one {# Zeile kein Platz: Sie steht} other {# Zeilen kein Platz: Sie stehen}} nur in seinem eigenen Protokoll.',
  compareLogForward:
    'Vergleichen Sie LOG_FORWARD und LOG_FORWARD_CA mit dem Empfänger und seinem Zertifikat. Der Server versucht es von selbst weiter und hebt bis dahin 10.000 Zeilen auf.',
  licencesUnread: 'Die Lizenzen des Mandanten lassen sich nicht lesen: {why}.',
  grantLicences: 'Erteilen Sie LicenseAssignment.Read.All: Wie, steht im Schritt „Berechtigungen“.',
  testAgainSoon: 'Prüfen Sie gleich noch einmal.',
  licencesFound:
    'Der Mandant hat {n, plural, one {# Lizenzart} other {# Lizenzarten}}, davon {withMailbox} mit Postfach.',
  noMailboxLicence: 'Der Mandant hat {n, plural, one {# Lizenzart} other {# Lizenzarten}}, aber keine mit Postfach.',
  buyLicence: 'Kaufen Sie eine Lizenz mit Exchange Online: Microsoft 365 Admin Center → Abrechnung → Dienste kaufen.',
  noMapping: 'Es gibt keine Zuordnung, also kann niemand lizenziert werden.',
  createMapping: 'Legen Sie auf der Seite „Zuordnungen“ eine an.',
  notInTenant: 'Sie verlangt {licence}, und die hat dieser Mandant nicht.',
  suspended: '{licence} ist ausgesetzt und lässt sich nicht zuweisen.',
  makesNoMailbox: 'Sie enthält kein Postfach: Keiner ihrer Exchange Online-Dienstpläne ist eingeschaltet.',
  unknownPlan: 'Sie schaltet einen Dienstplan aus, den {licence} nicht hat ({plan}).',
  seatsFree: '{seats}.',
  peopleWait: 'Personen warten, bis eine Lizenz frei wird.',
  changeMapping: 'Ändern Sie die Zuordnung auf der Seite „Zuordnungen“, oder kaufen Sie die Lizenz.',
  renew: 'Verlängern Sie das Abonnement, oder ändern Sie die Zuordnung.',
  correctPlans: 'Korrigieren Sie die Dienstpläne auf der Seite „Zuordnungen“.',
  buySeats: 'Kaufen Sie im Microsoft 365 Admin Center weitere Lizenzen, oder geben Sie welche frei.',
  scheduleProblem: '{problem}',
  correctSchedule: 'Korrigieren Sie das in den Einstellungen unter „Zeitplan“.',
  scheduleIs: '{text} ({schedule}, {zone}).',
  schedulePaused: 'Pausiert: Kein Zyklus beginnt automatisch.',
  resume: 'Setzen Sie ihn in den Einstellungen unter „Zeitplan“ fort.',
  windowNeverEnds: 'Das Wartungsfenster endet nie, also beginnt kein Zyklus automatisch.',
  changeWindow: 'Ändern Sie den Zeitplan oder das Fenster in den Einstellungen unter „Zeitplan“.',
  serverRuns: 'Ein Server läuft und startet die Zyklen.',
  noServer: 'Es läuft kein Server, oder sein Zeitplaner läuft nicht: Kein Zyklus beginnt automatisch.',
  startServer:
    'Starten Sie den Server mit `npm start`; läuft er, starten Sie ihn neu und sehen Sie in seinem Protokoll nach.',
  limitIs:
    'Binnen 24 Stunden {n, plural, one {wird höchstens # Person} other {werden höchstens # Personen}} ohne Genehmigung lizenziert.',
  noLimit: 'Keine ist festgelegt: Alle in einer falschen Datei würden lizenziert.',
  setLimit:
    'Legen Sie in den Einstellungen unter „Grenzen“ eine fest. Sie sollte etwas über dem liegen, was an Ihrem stärksten Tag anfällt.',
  databaseIntact: 'SQLite meldet sie als unversehrt.',
  databaseDamaged: 'SQLite meldet Schäden: {why}.',
  restoreBackup:
    'Halten Sie den Server an, heben Sie eine Kopie der Datei auf, wie sie ist, und stellen Sie die letzte Sicherung wieder her.',
  spaceUnknown: 'Der freie Platz ließ sich nicht feststellen: {why}.',
  spaceFree: '{gigabytes, number} GB frei bei {folder}.',
  freeSpace:
    'Machen Sie Platz frei, oder verlegen Sie DATA_DIR auf einen größeren Datenträger, bevor der jetzige voll ist.',
  onlyService: 'Nur das Konto des Dienstes kann {folder} und die Protokolle von Läufen lesen.',
  othersRead: 'Andere auf diesem Rechner können {file} lesen.',
  othersReadMore: 'Andere auf diesem Rechner können {file} und {n} weitere lesen.',
  makePrivate: 'Geben Sie die Dateien dem Konto, unter dem AutoProvision läuft, mit dem Modus 600 (Ordner 700).',
  lastBackup: 'Die letzte brauchbare ist {file}.',
  noGoodBackup: 'Es gibt keine brauchbare.',
  backupFailed: 'Die letzte Sicherung ist fehlgeschlagen. Gemeldet wurde: „{problem}“',
  backupAgain:
    'Sie wird jede Stunde erneut versucht. Machen Sie Platz frei, oder sehen Sie im Protokoll des Servers nach.',
  noBackupTime: 'Es wird keine Sicherung gemacht.',
  setBackupTime:
    'Legen Sie in den Einstellungen eine Uhrzeit fest, oder führen Sie `npm run cli -- backup FILE` mit einem eigenen Zeitplan aus.',
  firstBackupSoon: 'Noch keine: Der Server macht die erste bald nach seinem Start.',
  oneADay: 'Ein laufender Server macht jeden Tag eine: Sehen Sie nach, ob er läuft.',
  backupRestored:
    'Sie wurde zur Probe in einem eigenen Ordner wiederhergestellt, mit {n, plural, one {# Person} other {# Personen}}.',
  historyNotCompared:
    'Der Verlauf ist in sich vollständig, aber nicht alle Prüfpunkte ließen sich vergleichen. Gemeldet wird: „{problem}“',
  connectAuditFolder:
    'Verbinden Sie AUDIT_FOLDER, und lassen Sie das Konto des Dienstes dort Dateien lesen und anlegen; der nächste Lauf schreibt einen Prüfpunkt.',
  historyBroken: 'Der Verlauf ist nicht vollständig. Gemeldet wird: „{problem}“',
  keepEvidence:
    'Lassen Sie Datenbank und Prüfpunkte, wie sie sind, und finden Sie heraus, wer darin schreiben konnte; `npm run cli -- audit verify` sagt mehr.',
  noCheckpoint:
    'Der Verlauf ist vollständig, aber seit {since} ließ sich kein Prüfpunkt nach AUDIT_FOLDER schreiben: {problem}.',
  connectAgain:
    'Verbinden Sie den Ordner wieder, und lassen Sie das Konto des Dienstes dort Dateien anlegen; der nächste Lauf schreibt einen.',
  historyWhole: '{n, plural, one {# Ereignis ist} other {Alle # Ereignisse sind}} unverändert.',
  historyOnlyHere:
    '{n, plural, one {# Ereignis ist} other {Alle # Ereignisse sind}} unverändert; Prüfpunkte davon liegen in keinem anderen Ordner.',
  noRecipients: 'Berichte gehen an niemanden. Zu lesen sind sie nur auf der Seite „E-Mail“.',
  noSender: 'Berichte haben Empfänger, aber keinen Absender; deshalb wird keiner gesendet.',
  setAddresses: 'Legen Sie sie in den Einstellungen unter „Berichte“ fest.',
  reportsGo: 'Berichte gehen an {n, plural, one {# Adresse} other {# Adressen}}, von {sender}.',
  noSenderToTest: 'Nicht geprüft: Es ist kein Absender festgelegt.',
  hasMailbox: '{sender} hat ein Postfach.',
  hasNoMailbox: '{sender} hat in Exchange Online kein Postfach; von dort lässt sich nichts senden.',
  chooseSender:
    'Wählen Sie in den Einstellungen unter „Berichte“ einen Absender mit Postfach; ein freigegebenes genügt.',
  mailboxUnknown: 'Ob das Postfach {sender} antwortet, ist nicht bekannt: {why}',
  grantMailbox:
    'Erteilen Sie MailboxSettings.Read: Wie, steht im Schritt „Berechtigungen“. Auch eine Anwendungszugriffsrichtlinie in Exchange Online kann diese App aussperren.',
  noAnswer: 'Nicht geprüft: Microsoft Graph hat nicht geantwortet.',
  mailAnswers: '{server} antwortet.',
  mailAcceptsLogin: '{server} antwortet und nimmt die Anmeldung an.',
  mailProblem: '{server}: {why}',
  compareSmtp: 'Vergleichen Sie SMTP_HOST, SMTP_PORT, SMTP_SECURITY und die Anmeldung mit dem Mailserver.',
  testFailed: 'Die Prüfung selbst ist fehlgeschlagen. Näheres steht im Protokoll des Servers unter der ID {id}.',
  testOnceMore: 'Prüfen Sie noch einmal; bleibt der Fehler, sehen Sie im Protokoll des Servers nach.',
};
