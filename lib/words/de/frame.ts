import type { Translation } from '#lib/words/english.ts';

export const frameDe: Translation<'frame'> = {
  skip: 'Zum Inhalt springen',
  demo: 'Dies ist ein Demomandant: Nichts hier ist echt.',
  signOut: 'Abmelden',
  session: 'Ihre Sitzung',
  sessionUnconfirmed:
    'Microsoft antwortet nicht, daher ließ sich Ihre Rolle nicht bestätigen. Gelingt das bis dahin nicht, endet Ihre Sitzung <when></when>.',
  notFound: 'Seite nicht gefunden',
  mistyped: 'Vielleicht ist die Adresse vertippt. Niemand wird je gelöscht: Suchen Sie unter Personen.',
  toPeople: 'Zu den Personen',
};
