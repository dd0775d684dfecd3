import type { Translation } from '#lib/words/english.ts';

export const frameDe: Translation<'frame'> = {
  skip: 'Zum Inhalt springen',
  demo: 'Dies ist ein Demomandant: Nichts hier ist echt.',
  signOut: 'Abmelden',
  session: 'Ihre Sitzung',
  sessionUnconfirmed:
    'Microsoft antwortet nicht, daher ließ sich Ihre Rolle nicht bestätigen. Gelingt das bis dahin nicht, endet Ihre Sitzung <when></when>.',
  unstored: 'Speichern nicht möglich',
  'unstored.full':
    'Der Datenträger des Servers ist voll: Bis wieder Platz ist, wird nichts Neues gespeichert und niemand lizenziert. Was hier steht, stimmt weiterhin. Bitten Sie die Serveradministration, Platz zu schaffen; danach geht es automatisch weiter.',
  'unstored.read_only':
    'Der Datenordner des Servers ist schreibgeschützt: Bis sich wieder darin schreiben lässt, wird nichts Neues gespeichert und niemand lizenziert. Was hier steht, stimmt weiterhin. Informieren Sie die Serveradministration; danach geht es automatisch weiter.',
  'unstored.fault':
    'Der Server kann nicht in seinen Datenordner schreiben: Bis er es wieder kann, wird nichts Neues gespeichert und niemand lizenziert. Was hier steht, stimmt weiterhin. Informieren Sie die Serveradministration; danach geht es automatisch weiter.',
  notFound: 'Seite nicht gefunden',
  nothingHere: 'Unter dieser Adresse gibt es nichts.',
  mistyped: 'Prüfen Sie die Adresse auf Tippfehler. Personen werden nie gelöscht: Suchen Sie unter Personen.',
  toPeople: 'Zu den Personen',
};
