'use client';

import { Button } from '#components/controls/button.tsx';
import { Field, Input, Select } from '#components/controls/field.tsx';
import { Badge } from '#components/people/badge.tsx';
import { countText, numberText } from '#components/text/count-text.ts';
import stack from '#components/ui/stack.module.css';
import type { SkuChoice } from '#lib/services/mappings/mappings.ts';
import styles from './mappings.module.css';
import { PlanChoices } from './plan-choices.tsx';

export interface DraftLicence {
  skuPartNumber: string;
  disabledPlans: string[];
  /** True: typed by its part number, not chosen among the licences of the tenant. */
  isTyped: boolean;
}

/** Cannot clash with a part number, which has no question mark. */
const OTHER = '?other';

/** A line in which nothing is chosen yet. */
export const NO_LICENCE: DraftLicence = { skuPartNumber: '', disabledPlans: [], isTyped: false };

export function skuOf(skus: readonly SkuChoice[], partNumber: string): SkuChoice | undefined {
  const key = partNumber.trim().toUpperCase();
  return skus.find(({ skuPartNumber }) => skuPartNumber.toUpperCase() === key);
}

function optionText({ name, skuPartNumber, makesMailbox, freeSeats }: SkuChoice): string {
  return `${name} (${skuPartNumber}): ${makesMailbox ? 'includes a mailbox' : 'no mailbox'}, ${numberText(freeSeats)} free`;
}

interface Props {
  licences: DraftLicence[];
  skus: SkuChoice[];
  change: (licences: DraftLicence[]) => void;
}

/** The licences of a mapping, each with its service plans. */
export function LicenceFields({ licences, skus, change }: Props) {
  const set = (index: number, licence: DraftLicence) =>
    change(licences.map((one, at) => (at === index ? licence : one)));
  return (
    <>
      {licences.map((licence, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two new lines are alike, and lines are only added at the end
        <fieldset key={index} className={styles.licence}>
          <legend>{licences.length === 1 ? 'Licence' : `Licence ${index + 1}`}</legend>
          <OneLicence licence={licence} skus={skus} change={(next) => set(index, next)} />
          {licences.length > 1 && (
            <div>
              <Button size="small" onClick={() => change(licences.filter((_, at) => at !== index))}>
                Remove this licence
              </Button>
            </div>
          )}
        </fieldset>
      ))}
      <div>
        <Button size="small" onClick={() => change([...licences, NO_LICENCE])}>
          Add another licence
        </Button>
      </div>
    </>
  );
}

function typedHint(partNumber: string, sku: SkuChoice | undefined, skus: readonly SkuChoice[]): string {
  if (partNumber.trim() === '') return 'As Microsoft writes it, for example SPE_E3.';
  if (sku) return `This tenant has it: ${sku.name}.`;
  if (skus.length === 0) return 'Not known yet whether this tenant has it: the first cycle reads the licences.';
  return 'This tenant does not have it now: nobody can be licensed until it is bought.';
}

function OneLicence(props: { licence: DraftLicence; skus: SkuChoice[]; change: (licence: DraftLicence) => void }) {
  const { licence, skus, change } = props;
  const { skuPartNumber, isTyped } = licence;
  const sku = skuOf(skus, skuPartNumber);
  return (
    <>
      <Field label="Product" required>
        <Select
          value={isTyped ? OTHER : (sku?.skuPartNumber ?? '')}
          onChange={({ target: { value } }) =>
            change(value === OTHER ? { ...NO_LICENCE, isTyped: true } : { ...NO_LICENCE, skuPartNumber: value })
          }
        >
          <option value="">Choose a licence</option>
          {skus.map((one) => (
            <option key={one.skuPartNumber} value={one.skuPartNumber}>
              {optionText(one)}
            </option>
          ))}
          <option value={OTHER}>Another one, by part number</option>
        </Select>
      </Field>
      {isTyped && (
        <Field label="Part number" required hint={typedHint(skuPartNumber, sku, skus)}>
          <Input
            value={skuPartNumber}
            maxLength={100}
            onChange={({ target: { value } }) => change({ skuPartNumber: value, disabledPlans: [], isTyped: true })}
          />
        </Field>
      )}
      {sku && (
        <>
          <p className={stack.row}>
            <Badge tone={sku.makesMailbox ? 'good' : 'warn'}>
              {sku.makesMailbox ? 'Includes a mailbox' : 'No mailbox'}
            </Badge>
            <span className="muted">{countText(sku.freeSeats, 'seat', 'seats')} free</span>
          </p>
          <PlanChoices
            plans={sku.plans}
            disabled={licence.disabledPlans}
            change={(disabledPlans) => change({ ...licence, disabledPlans })}
          />
        </>
      )}
    </>
  );
}
