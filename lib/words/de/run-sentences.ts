/** What runs say of themselves, in German: the same keys and values as `lib/domain/sentences/run-sentences.ts`, or it does not compile. */
import type { RUNS } from '#lib/domain/sentences/run-sentences.ts';
import { silenceInGerman } from './silences.ts';

const continues = 'Was in Arbeit war, ist festgehalten, und der nächste Lauf macht weiter.';

/** What does not work without the permission. */
const WITHOUT: Record<Parameters<(typeof RUNS)['accountsRefused']>[0]['access'], string> = {
  users: 'Niemand aus einer Datei lässt sich in Microsoft 365 finden.',
  assign: 'Niemand kann lizenziert werden.',
  location: 'Personen, deren Konto noch keinen Nutzungsstandort hat, können nicht lizenziert werden.',
  licences: 'Freie Lizenzen lassen sich nicht zählen, also wird nichts zugewiesen.',
  mailbox: 'Ob ein Postfach geöffnet ist, lässt sich nicht sehen.',
  mail: 'Berichte können nicht über Microsoft Graph gesendet werden.',
};

export const RUNS_DE: typeof RUNS = {
  folderUnreadable: ({ folder, why }) => `Der Eingangsordner ${folder} lässt sich nicht lesen: ${why}.`,
  folderUnusable: ({ name, why }) =>
    `Der Ordner ${name} lässt sich nicht verwenden, deshalb bleiben Dateien im Eingangsordner: ${why}.`,
  restNotLookedAt: ({ why }) => `Die übrigen Dateien im Eingangsordner ließen sich nicht prüfen: ${why}.`,
  fileNotImported: ({ name, why }) => `${name} ließ sich nicht importieren oder verschieben: ${why}.`,
  copyMissing: ({ name, folder }) =>
    `${name} wurde nur zum Teil importiert, und die Kopie fehlt in ${folder}: Legen Sie die Datei noch einmal ab.`,
  restNotImported: ({ name, why }) => `Der Rest von ${name} ließ sich nicht importieren: ${why}.`,
  moveNotCompleted: ({ name, why }) => `${name} ließ sich nicht zu Ende verschieben: ${why}.`,
  notCompared: ({ name, why }) => `${name} ließ sich nicht mit dem vergleichen, was importiert wurde: ${why}.`,
  fileUnreadable: ({ name, why }) => `${name} lässt sich nicht lesen: ${why}.`,
  symbolicLink: ({ name }) =>
    `${name} ist eine symbolische Verknüpfung und wurde nicht angerührt: Nur gewöhnliche Dateien werden gelesen.`,
  notRegular: ({ name }) => `${name} ist keine gewöhnliche Datei und wurde nicht angerührt.`,
  nameUnreadable: ({ name }) =>
    `${name} gibt es nicht mehr, oder der Name lässt sich hier nicht lesen: Benennen Sie die Datei um.`,
  hardLink: ({ name }) =>
    `${name} hat einen zweiten Namen (einen Hardlink) und wurde nicht angerührt: Nur Dateien mit einem Namen werden gelesen.`,
  endlessFile: ({ name, gigabytes }) =>
    `${name} hat ${gigabytes.toLocaleString('de')} GB und wurde nicht angerührt: So lang ist keine Liste von Personen.`,
  openElsewhere: ({ name }) =>
    `${name} ist in einem anderen Programm zum Schreiben geöffnet und wird deshalb noch nicht gelesen.`,
  scannerSilent: ({ why }) => `Der Malwarescanner antwortet nicht, deshalb warten Dateien im Eingangsordner: ${why}.`,
  noVerdict: ({ name, why }) => `${name} wartet, weil der Malwarescanner kein Ergebnis geliefert hat: ${why}.`,
  cutRow: ({ line, name }) =>
    `Zeile ${line} von ${name} war beim Import abgeschnitten und sagt jetzt etwas anderes: Prüfen Sie die Person, die sie nennt.`,
  changedAfterMove: ({ name }) =>
    `${name} wurde nach dem Verschieben geändert und wird deshalb noch einmal als neue Datei gelesen.`,
  removedWhileRead: ({ name }) => `${name} wurde entfernt, während die Datei gelesen wurde.`,
  changedWhileImported: ({ name }) =>
    `${name} wurde während des Imports geändert oder ersetzt. Die Datei wird noch einmal gelesen.`,
  nameTaken: ({ name, stored }) => `${name} wurde nicht verschoben: ${stored} gibt es schon.`,
  noRealFolder: ({ name, folder }) => `${name} wurde nicht verschoben: ${folder} ist kein echter Ordner.`,
  folderReplaced: ({ name, folder }) => `${name} wurde nicht verschoben: ${folder} wurde ersetzt.`,
  moreWarnings: ({ n, kept }) =>
    `Zum Eingangsordner gibt es ${n === 1 ? 'eine weitere Warnung' : `${n.toLocaleString('de')} weitere Warnungen`}; nur die ersten ${kept} werden aufbewahrt.`,

  otherFiles: ({ files, more }) =>
    `Gelesen werden nur .csv- und .xlsx-Dateien, die direkt im Eingangsordner liegen. Seit einer Stunde oder länger liegt dort noch: ${files.join(', ')}${more > 0 ? ` und ${more} weitere` : ''}.`,
  otherFile: ({ name, advice }) => `„${name}“ (${advice})`,
  saveAsWorkbookOrCsv: () => 'als .xlsx oder CSV speichern',
  unpackIt: () => 'entpacken',
  writeItAgain: () => 'vielleicht ist die Übertragung abgebrochen: noch einmal schreiben',
  renameToCsv: () => 'in .csv umbenennen, wenn Personen darin stehen',
  moveFilesUp: () => 'ein Ordner: seine Dateien nach oben verschieben',
  moveElsewhere: () => 'an einen anderen Ort verschieben',

  certificateExpired: ({ path }) => `Das Zertifikat ${path} ist abgelaufen: Ersetzen Sie es hier und in Entra ID.`,
  certificateExpires: ({ path, days }) =>
    `Das Zertifikat ${path} läuft in ${days === 1 ? '1 Tag' : `${days} Tagen`} ab: Ersetzen Sie es hier und in Entra ID.`,
  certificateUnreadable: ({ path }) => `Das Zertifikat ${path} lässt sich nicht lesen.`,

  graphAgainSoon: ({ why }) => `${why} Graph wird bald wieder gefragt.`,
  runCancelled: ({ by }) => `${by} hat den Lauf abgebrochen. ${continues}`,
  runStopped: () => `Der Lauf wurde gestoppt. ${continues}`,
  processEnded: () => 'Der Prozess endete mitten im Lauf. Der nächste Zyklus macht weiter, wo dieser aufgehört hat.',
  runFailed: ({ id }) =>
    `Ein unerwarteter Fehler hat den Lauf beendet. Einzelheiten stehen im Serverprotokoll unter der ID ${id}.`,

  signInFailed: ({ why }) => `Die Anmeldung bei Microsoft Graph ist fehlgeschlagen: ${silenceInGerman(why) ?? why}`,
  tokenRefused: () => 'Microsoft Graph hat das Zugriffstoken abgelehnt (401).',
  signInsThrottled: () => 'Microsoft Entra ID drosselt Anmeldungen (429), deshalb gibt es kein Zugriffstoken.',
  entraSilent: () => 'Microsoft Entra ID antwortet nicht, deshalb gibt es kein Zugriffstoken.',
  graphSilent: ({ why }) => `Microsoft Graph antwortet nicht: ${silenceInGerman(why) ?? why}.`,
  graphThrottles: () => 'Microsoft Graph drosselt unsere Anfragen immer weiter (429).',
  putOff: ({ call, why, minutes }) =>
    `${call} wurde ausgelassen, alles Übrige ging weiter: ${silenceInGerman(why) ?? why}. Es wird wieder versucht, aber nicht binnen ${minutes} Minuten.`,
  graphAnswered: ({ status, permission }) => `Microsoft Graph antwortete ${status} auf ${permission}.`,
  licencesUnreadable: () => 'Die Lizenzen, die Microsoft Graph nannte, waren nicht zu lesen.',
  noLicencesNamed: () => 'Microsoft Graph nannte keine einzige Lizenz, obwohl es vorher welche genannt hatte.',
  permissionMissing: ({ permission, why }) => `${permission} fehlt: ${why}`,
  userPermissionMissing: ({ why }) => `User.ReadWrite.All (oder User.Read.All) fehlt: ${why}`,
  batchRefused: () => 'Graph hat die gebündelten Anfragen abgelehnt (403).',
  accountsRefused: ({ permission, n, access }) =>
    `${permission} fehlt: Microsoft 365 hat ${n === 1 ? 'ein Konto' : `${n} Konten`} verweigert und keines erlaubt (403). ${WITHOUT[access]}`,
  mostCallsFailed: ({ failed, all }) =>
    `Die meisten Anfragen an Microsoft Graph schlugen fehl (${failed} von ${all}), deshalb wurde der Lauf gestoppt.`,
};
