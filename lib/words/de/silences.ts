/** Why nothing is known from an answer of Microsoft 365, in German: the same keys as `lib/domain/sentences/silences.ts`, or it does not compile. They stand in brackets or after a colon. */
import { type Silence, silenceOf, withValues } from '#lib/domain/sentences/silences.ts';

const SILENCES_DE: Record<Silence, string> = {
  redirected: 'es kam eine Weiterleitung, der nicht gefolgt wird',
  unreadable: 'die Antwort war nicht zu lesen',
  incomplete: 'die Antwort war unvollständig',
  unreachable: 'nicht erreichbar',
  late: 'die Antwort blieb zu lange aus',
  broken: 'die Verbindung brach ab',
  throttled: 'Microsoft Graph drosselt diese Anfrage immer weiter (429)',
  throttledUntil: 'Microsoft Graph will danach erst wieder nach {} gefragt werden (429)',
  missing: 'unter den gebündelten Antworten fehlte diese',
  disputed: 'zwei verschiedene Antworten auf diese Anfrage',
  none: 'keine Antwort',
  noneBecause: 'keine Antwort: {}',
  notAsked: 'nicht gefragt',
  noAccount: 'es gibt kein Konto, nach dem zu fragen wäre',
  idUnread: 'das Konto, das zuvor gefunden wurde, ließ sich nicht nachschlagen',
  nameUnread: 'der Name im Active Directory ließ sich nicht nachschlagen',
  nowhere: 'es war vorher da und steht jetzt weder unter den Konten noch unter den gelöschten',
  deletedUnread: 'es war vorher da und steht jetzt nicht unter den Konten, und die gelöschten lassen sich nicht lesen',
  noReport: 'Microsoft meldet nichts über Exchange Online',
  notPermitted: 'der App fehlt die optionale Berechtigung {}',
  contradicted: 'Graph antwortete mit {} und einem Fehler: {}',
  answered: 'Graph antwortete mit {}',
  stopped: 'der Lauf wurde gestoppt',
  notShown: 'Microsoft 365 zeigt die Änderung noch nicht',
  authorityUnusable:
    'Unter der Adresse in AZURE_AUTHORITY_HOST gibt es keine brauchbare /{tenant}/v2.0/.well-known/openid-configuration, die sagt, woher Tokens kommen.',
  notAccepted: 'Microsoft 365 hat die Änderung nicht rechtzeitig angenommen',
};

/** In German; null: it is none of these. */
export function silenceInGerman(text: string): string | null {
  const found = silenceOf(text);
  return (
    found &&
    withValues(
      SILENCES_DE[found.key],
      found.values.map((value) => silenceInGerman(value) ?? value),
    )
  );
}
