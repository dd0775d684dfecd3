'use client';

import { Button } from '#components/controls/button.tsx';
import { Field, Input, Select } from '#components/controls/field.tsx';
import { Badge } from '#components/people/badge.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { SkuChoice } from '#lib/services/mappings/mappings.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
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

type SayMapping = Say<Words['mapping']>;

function optionText(say: SayMapping, { name, skuPartNumber, makesMailbox, freeSeats }: SkuChoice): string {
  return say(makesMailbox ? 'withMailbox' : 'withoutMailbox', { name, partNumber: skuPartNumber, n: freeSeats });
}

interface Props {
  licences: DraftLicence[];
  skus: SkuChoice[];
  change: (licences: DraftLicence[]) => void;
}

/** The licences of a mapping, each with its service plans. */
export function LicenceFields({ licences, skus, change }: Props) {
  const say = useWords('mapping');
  const set = (index: number, licence: DraftLicence) =>
    change(licences.map((one, at) => (at === index ? licence : one)));
  return (
    <>
      {licences.map((licence, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two new lines are alike, and lines are only added at the end
        <fieldset key={index} className={styles.licence}>
          <legend>{licences.length === 1 ? say('licence') : say('numbered', { n: index + 1 })}</legend>
          <OneLicence licence={licence} skus={skus} change={(next) => set(index, next)} />
          {licences.length > 1 && (
            <div>
              <Button appearance="subtle" onClick={() => change(licences.filter((_, at) => at !== index))}>
                {say('removeLicence')}
              </Button>
            </div>
          )}
        </fieldset>
      ))}
      <div>
        <Button appearance="subtle" onClick={() => change([...licences, NO_LICENCE])}>
          {say('addLicence')}
        </Button>
      </div>
    </>
  );
}

function typedHint(say: SayMapping, partNumber: string, skus: readonly SkuChoice[]): string {
  if (partNumber.trim() === '') return say('typed.empty');
  const sku = skuOf(skus, partNumber);
  if (sku) return say('typed.known', { name: sku.name });
  return say(skus.length === 0 ? 'typed.unread' : 'typed.missing');
}

function OneLicence(props: { licence: DraftLicence; skus: SkuChoice[]; change: (licence: DraftLicence) => void }) {
  const { licence, skus, change } = props;
  const { skuPartNumber, isTyped } = licence;
  const say = useWords('mapping');
  const sku = skuOf(skus, skuPartNumber);
  return (
    <>
      <Field label={say('product')} required>
        <Select
          value={isTyped ? OTHER : (sku?.skuPartNumber ?? '')}
          onChange={({ target: { value } }) =>
            change(value === OTHER ? { ...NO_LICENCE, isTyped: true } : { ...NO_LICENCE, skuPartNumber: value })
          }
        >
          <option value="">{say('choose')}</option>
          {skus.map((one) => (
            <option key={one.skuPartNumber} value={one.skuPartNumber}>
              {optionText(say, one)}
            </option>
          ))}
          <option value={OTHER}>{say('other')}</option>
        </Select>
      </Field>
      {isTyped && (
        <Field label={say('partNumber')} required hint={typedHint(say, skuPartNumber, skus)}>
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
              {say(sku.makesMailbox ? 'includesMailbox' : 'noMailbox')}
            </Badge>
            <span className="muted">{say('seatsFree', { n: sku.freeSeats })}</span>
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
