import type { Translation } from '#lib/words/english.ts';

export const refusalsDe: Translation<'refusals'> = {
  signIn: 'Bitte melden Sie sich an.',
  needsRole: 'Dafür ist die Rolle {role} nötig; Sie haben die Rolle {yours}.',
  foreignOrigin: 'Diese Anfrage kam nicht aus dieser App.',
  busy: 'Die Datenbank ist gerade mit etwas anderem beschäftigt: Es wurde nichts geändert. Bitte versuchen Sie es gleich noch einmal.',
  full: 'Der Datenträger des Servers ist voll: Es wurde nichts geändert. Bitten Sie die Serveradministration, Platz zu schaffen.',
  fault:
    'Der Server kann seine Datenbank gerade nicht verwenden: Es wurde nichts geändert. Informieren Sie die Serveradministration.',
  unexpected:
    'Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal; bleibt es dabei, nennen Sie der Serveradministration diese ID: {id}.',
  tooLarge: 'Das ist größer als {megabytes} MB.',
  incomplete:
    'Die Datei ist nicht vollständig angekommen, deshalb wurde nichts davon gespeichert. Bitte senden Sie sie noch einmal.',

  noPerson: 'Diese Person gibt es nicht.',
  personChanged: '{name} hat sich inzwischen geändert. Prüfen Sie noch einmal, bevor Sie entscheiden.',
  rowsDisagree: 'Zwei Zeilen widersprechen sich zu {name}: Wählen Sie auf der Seite der Person die richtige.',
  notPossible:
    '{action, select, license_now {In diesem Zustand kann {name} nicht jetzt lizenziert werden.} license_anyway {In diesem Zustand kann {name} nicht trotzdem lizenziert werden.} replace {In diesem Zustand kann {name} keine andere Lizenz bekommen.} keep {In diesem Zustand kann {name} die Lizenzen nicht einfach behalten.} assign_directly {In diesem Zustand kann {name} die Lizenz nicht direkt bekommen.} reprocess {In diesem Zustand lässt sich {name} nicht erneut verarbeiten.} reassign {In diesem Zustand lässt sich die Lizenz von {name} nicht entfernen und neu zuweisen.} retry {In diesem Zustand lässt sich {name} nicht erneut prüfen.} approve {In diesem Zustand kann {name} nicht genehmigt werden.} reject {In diesem Zustand kann {name} nicht abgelehnt werden.} dismiss {In diesem Zustand lässt sich der Fall von {name} nicht schließen.} other {In diesem Zustand kann {name} nicht wieder geöffnet werden.}}',
  planChanged: 'Der Plan für {name} hat sich inzwischen geändert. Prüfen Sie noch einmal, bevor Sie entscheiden.',
  secondPersonSent: 'Sie haben die Datei eingereicht, in der {name} steht: Genehmigen muss jemand anderes.',
  secondPersonHand: 'Sie haben {name} korrigiert, geändert oder zugeordnet: Genehmigen muss jemand anderes.',
  personClosed: 'Der Fall von {name} ist geschlossen. Öffnen Sie ihn zuerst wieder.',
  nothingChanged: 'Es wurde nichts geändert.',
  nameTaken: 'userPrincipalName: {name} hat diesen Namen schon. Schließen Sie stattdessen eine der beiden Personen ab.',
  isOnIt: '{name} kümmert sich schon darum.',
  tooLateToUndo: 'Zum Rückgängigmachen ist es zu spät: Öffnen Sie den Fall stattdessen wieder.',
  notAChoice: 'Diese Zeile steht nicht zur Auswahl.',
  tooManyPeople:
    'Das sind mehr als 5.000 Personen: Schränken Sie die Liste ein, und arbeiten Sie in mehreren Schritten.',
  otherNumber:
    'Es {now, plural, one {ist jetzt # Person} other {sind jetzt # Personen}}, nicht {seen, number}. Prüfen Sie noch einmal, bevor Sie entscheiden.',
  nobodyHeld: 'In dieser Gruppe ist niemand mehr angehalten.',
  groupChanged:
    'Die Gruppe hat sich geändert: Sie hat jetzt {now, plural, one {# Person} other {# Personen}}, gesehen haben Sie {seen, number}. Prüfen Sie noch einmal, bevor Sie entscheiden.',

  mappingGone: 'Diese Zuordnung wurde inzwischen entfernt.',
  mappingPublished:
    '{name} hat am {when} ({zone}) Version {version} veröffentlicht: {differs}. Nichts wurde überschrieben: Vergleichen Sie, und gehen Sie dann davon aus.',
  sameAsBefore: 'dasselbe wie zuvor',
  mappingRemoved: 'Diese Zuordnung wurde am {when} ({zone}) entfernt. Nichts wurde überschrieben.',
  mappingRemovedBy: '{name} hat diese Zuordnung am {when} ({zone}) entfernt. Nichts wurde überschrieben.',

  noFile: 'Diese Datei gibt es nicht.',
  wholeRejected: 'Die ganze Datei wurde abgelehnt: Sie hat keine Zeilen.',
  originalInFolder: 'Das Original liegt noch im Eingangsordner.',
  originalGone: 'Das Original ist nicht mehr da, wo es nach dem Import abgelegt wurde.',
  originalChanged:
    'Was anstelle des Originals dort liegt, ist nicht die importierte Datei und wird deshalb nicht herausgegeben.',
  noVerdict:
    'Der Malwarescanner liefert kein Ergebnis ({why}), deshalb wurde die Datei nicht angenommen. Versuchen Sie es in ein paar Minuten noch einmal.',
  infected: '{name} ist gesperrt: Der Malwarescanner hat darin {signature} gefunden.',
  fileTooLarge:
    'Die Datei ist größer als {megabytes} MB. Teilen Sie sie, oder legen Sie sie in den Eingangsordner; dort sind es bis zu 4 GB.',

  noUpload: 'Diesen Upload gibt es nicht.',
  uploadChanged:
    'Dieser Upload wurde inzwischen geändert, von jemand anderem oder in einem anderen Tab. Ihre Änderung wurde nicht gespeichert: Sehen Sie sich den jetzigen Stand an, und versuchen Sie es noch einmal.',
  uploadFinished: 'Dieser Upload ist fertig: Laden Sie die Seite neu.',
  anothersUpload:
    'Diesen Upload hat {name} hochgeladen: Nur diese Person oder ein Admin kann ihn korrigieren, importieren oder verwerfen.',
  emptyFile: 'Die Datei ist leer.',
  uploadRefused: '{name} wurde abgelehnt. {why}',
  tooManyUploads:
    'Sie haben {n} Uploads, die noch nicht importiert sind; mehr sind nicht möglich. Importieren oder verwerfen Sie zuerst einen davon.',
  tooManyMegabytes:
    'Sie haben {megabytes} MB an Uploads, die noch nicht importiert sind; mehr geht nicht. Importieren oder verwerfen Sie zuerst einen davon.',
  tooManyCorrections:
    'Das sind zu viele Korrekturen: Korrigieren Sie die Datei selbst, und laden Sie sie noch einmal hoch.',
  noSuchMistake: 'Diesen Fehler hat keine Zeile mehr.',
  noSuchValue: 'Das steht in keiner Zeile mehr.',
  nobodyToImport: 'Keine Zeile dieser Datei lässt sich importieren. Korrigieren Sie zuerst die Zeilen.',

  noRow: 'Diese Zeile gibt es nicht.',
  rowChanged:
    'Diese Zeile wurde inzwischen korrigiert oder geschlossen, von jemand anderem oder in einem anderen Tab. Laden Sie die Seite neu.',
  noRowCorrected: 'So ließ sich keine Zeile korrigieren. Laden Sie die Seite neu.',
  fileDecided:
    '{name} wurde als Ganzes abgelehnt und inzwischen geschlossen oder importiert. Wurde die Datei geschlossen, öffnen Sie sie unter „Dateien“ wieder, und versuchen Sie es noch einmal; sonst verwerfen Sie diesen Upload.',
  noRowOut: 'Aus dieser Datei fehlt keine Zeile mehr. Laden Sie die Seite neu.',
  putAsideGone: '{name} ist nicht mehr da, wo sie abgelegt wurde. Laden Sie sie noch einmal hoch.',

  noRun: 'Diesen Lauf gibt es nicht.',
  runEnded: 'Dieser Lauf ist schon beendet.',
  dryRunAgain: 'Ein Probelauf ändert nichts, also gibt es nichts zu wiederholen.',
  nobodyFailed: 'Niemand hat mehr Handlungsbedarf, also gibt es nichts zu wiederholen.',
  nobodyOpen: 'Alle sind fertig oder angehalten, also gibt es nichts zu wiederholen.',
  noneOfChosen:
    'Für keine der gewählten Personen lässt sich der Lauf wiederholen: Sie sind fertig, angehalten oder gehören nicht dazu.',
  tooManyAgain: 'Das sind mehr als 5.000 Personen. Wählen Sie weniger, oder überlassen Sie sie dem nächsten Zyklus.',
  otherNumberAgain:
    'Es {now, plural, one {ist jetzt # Person} other {sind jetzt # Personen}}, nicht {seen, number}. Es wurde nichts begonnen; prüfen Sie noch einmal, bevor Sie entscheiden.',

  noEntry: 'Diesen Eintrag gibt es im Verlauf nicht.',
  noView: 'Diese Ansicht gibt es nicht.',
  tooManyLists:
    'Sie haben heute mehr Listen eingefügt, als aufbewahrt werden. Öffnen Sie eine davon noch einmal, oder kommen Sie morgen wieder.',
  tooManyViews: 'Mehr als 30 Ansichten sind nicht möglich. Entfernen Sie zuerst eine.',
  noMail: 'Diese E-Mail gibt es nicht.',
  noRecipients: 'Speichern Sie zuerst einen Absender und mindestens einen Empfänger.',
  noGuide: 'Diese Anleitung gibt es nicht.',
  noAction: 'Diese Aktion gibt es nicht.',
  sessionEnded: 'Diese Sitzung ist schon beendet.',
  pastDay: 'startDate: Dieser Tag ist vorbei: Wählen Sie heute oder einen späteren.',
  removedAlready: 'Jemand hat das schon entfernt.',
};
