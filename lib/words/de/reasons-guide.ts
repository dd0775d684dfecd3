import type { Translation } from '#lib/words/english.ts';

export const reasonsGuideDe: Translation<'reasonsGuide'> = {
  title: 'Gründe, und was zu tun ist',
  intro:
    'Jede Person hat einen Grund für den Zustand, in dem sie ist. Hier stehen alle, mit Ursache, Abhilfe und wer sie schaffen kann. Derselbe Grund steht auf der Seite der Person, in Listen, Exporten und Berichten.',
  state: 'Zustand:',
  unchanged: 'wie vorher; die Person wird erneut geprüft',
  whatToDo: 'Was zu tun ist:',
  nothing: 'Nichts.',
  whoCan: 'Wer das kann:',
  code: 'Code in Exporten und Protokollen:',
  'title.helpdesk': 'Der Helpdesk kann es beheben',
  'title.admin': 'Die Rolle Admin von AutoProvision kann es beheben',
  'title.tenant_admin': 'Die Microsoft 365-Administration kann es beheben',
  'title.directory_admin': 'Das Active Directory-Team kann es beheben',
  'title.exchange_admin': 'Das Exchange-Team kann es beheben',
  'title.nobody': 'Nichts zu beheben',
  'who.helpdesk': 'Der Helpdesk, hier in AutoProvision.',
  'who.admin': 'Wer in AutoProvision die Rolle Admin hat, unter Zuordnungen.',
  'who.tenant_admin': 'Die Microsoft 365-Administration.',
  'who.directory_admin': 'Wer das Active Directory betreut oder die Identitätsverwaltung, aus der es gespeist wird.',
  'who.exchange_admin': 'Wer Exchange betreut.',
  'who.nobody': 'Niemand: Es geht von selbst weiter, oder es ist nichts mehr zu tun.',
  stopped: 'Warum ein ganzer Lauf gestoppt wurde',
  stoppedIntro:
    'Ein Lauf, der nicht zu Ende kommt, sagt, warum. Niemand geht verloren: Wer nicht an die Reihe kam, wird im nächsten Lauf geprüft.',
};
