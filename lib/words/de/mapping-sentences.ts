/** What to know about a mapping before it is published, in German: the same keys and values as `lib/domain/sentences/mapping-sentences.ts`, or it does not compile. */
import type { MAPPINGS } from '#lib/domain/sentences/mapping-sentences.ts';

const nobody = 'Niemand bekommt ein Postfach: Kein eingeschalteter Dienstplan enthält eines.';
const all = new Intl.ListFormat('de');

export const MAPPINGS_DE: typeof MAPPINGS = {
  notInTenant: ({ name, partNumber }) => `${name} (${partNumber}) gibt es in diesem Mandanten nicht.`,
  suspended: ({ name }) => `Das Abonnement von ${name} ist ausgesetzt: Es lässt sich nicht zuweisen.`,
  noFreeSeat: ({ name }) => `Von ${name} ist zurzeit keine Lizenz frei: Personen warten, bis eine frei wird.`,
  noMailboxPlan: () => nobody,
  mailboxPlanTurnedOff: ({ licences }) =>
    `${nobody} Der Exchange Online-Dienstplan in ${all.format(licences)} ist ausgeschaltet.`,
  exclusivePlans: ({ plans }) =>
    `${all.format(plans)} schließen sich gegenseitig aus: Microsoft weist nicht beide zu. Schalten Sie einen davon aus.`,
  paidTwice: ({ plan, licences }) => `${plan} ist in ${all.format(licences)} enthalten: Sie bezahlen ihn doppelt.`,
};
