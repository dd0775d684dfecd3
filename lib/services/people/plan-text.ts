/** What would be written for a person who waits for an operator, in words. Pure. */
import { licenceName } from '#lib/domain/licences/mapping.ts';
import { type HeldPlan, readPlan } from '#lib/domain/licences/plan-key.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Language } from '#lib/words/languages.ts';
import { listed } from '#lib/words/listed.ts';

function addedText({ licences }: HeldPlan, language: Language): string {
  const say = sayIn(language, 'plans');
  const named = licences.map(({ skuPartNumber, disabledPlans }) =>
    say('licence', { name: licenceName(skuPartNumber), off: disabledPlans.length }),
  );
  return listed(named, language);
}

const removedText = ({ remove }: HeldPlan, language: Language) => listed(remove.map(licenceName), language);

/** `Exchange Online (Plan 1), usage location US`. */
export function heldPlanText(key: string | null, language: Language): string {
  const say = sayIn(language, 'plans');
  const plan = readPlan(key);
  if (!plan) return say('asMapped');
  const parts = [addedText(plan, language)];
  if (plan.remove.length > 0) parts.push(say('without', { licences: removedText(plan, language) }));
  if (plan.usageLocation !== null) parts.push(say('location', { location: plan.usageLocation }));
  return parts.join(', ');
}

/** `Add Exchange Online (Plan 1), remove Exchange Online Kiosk`; null where no plan was stored. */
export function replacementText(key: string | null, language: Language): string | null {
  const say = sayIn(language, 'plans');
  const plan = readPlan(key);
  if (!plan) return null;
  const licences = addedText(plan, language);
  return plan.remove.length === 0
    ? say('add', { licences })
    : say('replace', { licences, removed: removedText(plan, language) });
}
