import type { Translation } from '#lib/words/english.ts';

export const actionsDe: Translation<'actions'> = {
  'verb.locate': 'Nutzungsstandort festlegen',
  'verb.license_now': 'Jetzt lizenzieren',
  'verb.license_anyway': 'Trotzdem lizenzieren',
  'verb.replace': 'Lizenz wechseln',
  'verb.keep': 'Lizenzen behalten',
  'verb.assign_directly': 'Direkt zuweisen',
  'verb.reprocess': 'Erneut verarbeiten',
  'verb.reassign': 'Lizenz entfernen und neu zuweisen',
  'verb.approve': 'Genehmigen',
  'verb.retry': 'Erneut prüfen',
  'verb.reopen': 'Wieder öffnen',
  'verb.reject': 'Ablehnen',
  'verb.dismiss': 'Fall schließen',
  retryNow: 'Jetzt erneut prüfen',
  'with.locate': 'Nutzungsstandort von {whom} festlegen',
  'with.license_now': '{whom} jetzt lizenzieren',
  'with.license_anyway': '{whom} trotzdem lizenzieren',
  'with.replace': 'Lizenz von {whom} wechseln',
  'with.keep': 'Lizenzen von {whom} behalten',
  'with.assign_directly': 'Lizenz von {whom} direkt zuweisen',
  'with.reprocess': '{whom} erneut verarbeiten',
  'with.reassign': 'Lizenz von {whom} entfernen und neu zuweisen',
  'with.approve': '{whom} genehmigen',
  'with.retry': '{whom} erneut prüfen',
  'with.reopen': '{whom} wieder öffnen',
  'with.reject': '{whom} ablehnen',
  'with.dismiss': 'Fall schließen: {whom}',
  all: '{n, number}',
  some: '{n, number} von {all, number}',
  people: '{n, plural, one {# Person} other {# Personen}}',
  question: '{deed}?',
  'done.locate':
    '{n, plural, one {# Person wird} other {# Personen werden}} jetzt mit diesem Nutzungsstandort erneut geprüft.',
  'done.license_now':
    '{n, plural, one {# Person wird} other {# Personen werden}} jetzt lizenziert, sofern das Konto da und eine Lizenz frei ist.',
  'done.license_anyway':
    '{n, plural, one {# Person wird} other {# Personen werden}} jetzt lizenziert, sofern eine Lizenz frei ist.',
  'done.replace':
    '{n, plural, one {# Person erhält} other {# Personen erhalten}} jetzt die andere Lizenz, sofern eine frei ist.',
  'done.keep':
    '{n, plural, one {# Person behält ihre Lizenzen und wird} other {# Personen behalten ihre Lizenzen und werden}} jetzt erneut geprüft.',
  'done.assign_directly':
    '{n, plural, one {# Person wird} other {# Personen werden}} jetzt direkt lizenziert, sofern eine Lizenz frei ist.',
  'done.reprocess':
    'Für {n, plural, one {# Person} other {# Personen}} wird die erneute Verarbeitung jetzt angefordert.',
  'done.reassign':
    '{n, plural, one {# Person wird} other {# Personen werden}} jetzt geprüft: Die Lizenz wird entfernt und neu zugewiesen.',
  'done.approve':
    '{n, plural, one {# Person genehmigt: Die Lizenz wird} other {# Personen genehmigt: Die Lizenzen werden}} jetzt zugewiesen.',
  'done.retry': '{n, plural, one {# Person wird} other {# Personen werden}} jetzt erneut geprüft.',
  'done.reopen':
    '{n, plural, one {# Person wieder geöffnet; sie wird} other {# Personen wieder geöffnet; sie werden}} jetzt erneut geprüft.',
  'done.reject': '{n, plural, one {# Person} other {# Personen}} abgelehnt: Es besteht jetzt Handlungsbedarf.',
  'done.dismiss': '{n, plural, one {# Fall} other {# Fälle}} geschlossen.',
  leftAlone: '{done} {n, number} übersprungen: {why}',
  seeEach: 'Alle einzeln ansehen',
  everybodyIn: 'Alle in dieser Liste: {list}.',
  chosenIn: 'In dieser Liste ausgewählt: {list}.',
  rejectMeans:
    'Es wird keine Lizenz zugewiesen. Es besteht Handlungsbedarf, bis jemand korrigiert und erneut prüfen lässt oder den Fall schließt.',
  dismissMeans: 'Es geschieht nichts mehr, bis jemand wieder öffnet oder eine Datei etwas Neues über die Person sagt.',
  anywayMeans:
    'Die zugeordnete Lizenz wird zugewiesen, unabhängig von der offenen Frage: Vergewissern Sie sich, dass das Konto dieser Person gehört. Hat ein Konto schon eine Adresse, legt Exchange Online kein zweites Postfach an, wenn die Verzeichnissynchronisierung die ID des lokalen Postfachs mitgebracht hat; sonst kann es zwei geben.',
  remember:
    'In der Zuordnung merken: ab jetzt alle mit diesem EmployeeType lizenzieren, auch wenn das Konto schon eine Adresse hat',
  reassignMeans:
    'Die Lizenz, die AutoProvision zugewiesen hat, wird vom Konto entfernt und sofort neu zugewiesen. Exchange Online beginnt dann von vorn. Hat es ein Postfach angelegt, das nicht antwortet, wird dieses mit dem Entfernen der Lizenz vorläufig gelöscht; es bleibt 30 Tage erhalten, und eine neue Lizenz in dieser Zeit bringt es zurück.',
  reassignOnce:
    'Das ist für jede Person nur einmal möglich, nur solange kein Postfach offen ist und nie mit einer Lizenz, die andere zugewiesen haben.',
  reassignNow: 'Entfernen und neu zuweisen',
  locationOf: 'Nutzungsstandort von {n, plural, one {# Person} other {# Personen}}',
  locationMeans: 'Er ersetzt den Nutzungsstandort der Konten, und die Personen werden sofort erneut geprüft.',
  location: 'Nutzungsstandort',
  setLocation: 'Festlegen und erneut prüfen',
  commonReasons: 'Häufige Gründe',
  'often.left': 'Ausgeschieden oder nicht angetreten',
  'often.byHand': 'Von Hand lizenziert',
  'often.twice': 'Doppelt gemeldet',
  'often.noMailbox': 'Braucht kein Postfach',
  'often.wrongFile': 'Falsche Datei',
  'often.unexpected': 'Nicht erwartet',
  why: 'Begründung',
  whyOptional: 'Begründung (freiwillig)',
  keptInHistory: 'Sie steht im Verlauf.',
  cancel: 'Abbrechen',
  undo: 'Rückgängig',
  undone: 'Das Schließen wurde rückgängig gemacht.',
};
