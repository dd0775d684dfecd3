import type { Translation } from '#lib/words/english.ts';

export const signInDe: Translation<'signIn'> = {
  title: 'Anmelden',
  demo: 'Dies ist ein Demomandant: Nichts hier ist echt. Wählen Sie eine Rolle; ein Kennwort gibt es nicht.',
  account: 'Verwenden Sie das Konto, mit dem Sie in Microsoft 365 arbeiten.',
  withMicrosoft: 'Mit Microsoft anmelden',
  demoRole: 'Demo: {role}',
  mayViewer: 'sieht alles, ändert nichts',
  mayOperator: 'prüft erneut, genehmigt, schließt ab, lädt hoch, startet Läufe',
  mayAdmin: 'ändert auch die Einstellungen',
  signingIn: 'Anmeldung läuft …',
  failed: 'Die Anmeldung hat nicht funktioniert. Bitte versuchen Sie es noch einmal.',
  failedAgain:
    'Die Anmeldung hat nicht funktioniert. Bitte versuchen Sie es noch einmal; schlägt sie wieder fehl, wenden Sie sich an die Serveradministration.',
  otherOrganisation:
    'Dieses Konto gehört nicht zu der Organisation, die AutoProvision betreibt. Wählen Sie ein anderes.',
  tooWeak:
    'Diese Anmeldung ist nicht stark genug: Die Organisation verlangt hier eine stärkere, zum Beispiel mit einem zweiten Faktor. Melden Sie sich noch einmal an; schlägt es wieder fehl, wenden Sie sich an die Serveradministration.',
  again: 'Bitte melden Sie sich noch einmal an.',
  noAccess: 'Kein Zugriff',
  noAccessHere: 'Sie haben keinen Zugriff auf diese Seite',
  needsRole:
    'Sie setzt die Rolle {needed} voraus; Sie sind als {name} mit der Rolle {role} angemeldet. Ihre Microsoft 365-Administration kann Ihnen eine andere Rolle geben.',
  otherRole:
    'Sie sind als {name} mit der Rolle {role} angemeldet. Ihre Microsoft 365-Administration kann Ihnen eine andere Rolle geben.',
  noRole: 'Sie haben hier noch keine Rolle',
  noRoleYet: 'Sie sind als {name} angemeldet, aber niemand hat Ihnen in AutoProvision eine Rolle gegeben.',
  askForRole:
    'Bitten Sie Ihre Microsoft 365-Administration um eine der App-Rollen {others} oder {last}: Entra Admin Center, Unternehmensanwendungen, AutoProvision, Benutzer und Gruppen. Melden Sie sich danach noch einmal an.',
  notFound: 'Seite nicht gefunden',
  addressIsWrong:
    'Vielleicht ist die Adresse vertippt, oder es gibt nicht mehr, was sie nannte. Niemand wird je gelöscht: Suchen Sie unter Personen.',
  toOverview: 'Zur Übersicht',
};
