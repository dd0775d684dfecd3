/** Licences of a mapping with the names and seats that the tenant knows. Pure. */
import { freeSeats, licenceName, type SubscribedSku } from '#lib/domain/licences/mapping.ts';
import { knownPlanName, servicePlanText } from '#lib/domain/licences/service-plans.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Language } from '#lib/words/languages.ts';

export interface MappedLicence {
  skuPartNumber: string;
  name: string;
  /** Names of the disabled service plans; the id where the name is not known. */
  disabledPlans: string[];
  /** Null where the tenant does not have the licence. */
  freeSeats: number | null;
}

function skuOf(skus: readonly SubscribedSku[], partNumber: string): SubscribedSku | undefined {
  return skus.find(({ skuPartNumber }) => skuPartNumber.toUpperCase() === partNumber.toUpperCase());
}

export function toLicence(
  { skuPartNumber, disabledPlans }: { skuPartNumber: string; disabledPlans: string[] },
  skus: readonly SubscribedSku[],
): MappedLicence {
  const sku = skuOf(skus, skuPartNumber);
  const planName = (id: string) => {
    const plan = sku?.servicePlans.find(({ servicePlanId }) => servicePlanId === id);
    return plan ? servicePlanText(plan) : (knownPlanName(id) ?? id);
  };
  return {
    skuPartNumber,
    name: licenceName(skuPartNumber),
    disabledPlans: disabledPlans.map(planName),
    freeSeats: sku ? freeSeats(sku) : null,
  };
}

/** Licences with the service plans that are switched off, by name: `Office 365 E3 without Microsoft Teams [TEAMS1]`. */
export function licencesText(
  licences: readonly { skuPartNumber: string; disabledPlans: string[] }[],
  skus: readonly SubscribedSku[],
  language: Language,
): string {
  const say = sayIn(language, 'values');
  return licences
    .map((licence) => toLicence(licence, skus))
    .map(({ name, disabledPlans }) =>
      disabledPlans.length > 0 ? say('without', { licence: name, plans: disabledPlans.join(', ') }) : name,
    )
    .join(say('and'));
}
