'use client';

import { Button, Checkbox, Field, Input, Select } from '@fluentui/react-components';
import { Badge } from '#components/badge.tsx';
import { countText, numberText } from '#components/count-text.ts';
import type { SkuChoice } from '#lib/services/mappings.ts';
import styles from '../mappings.module.css';

export interface DraftLicence {
  skuPartNumber: string;
  disabledPlans: string[];
}

const OTHER = '\u0000other';

function optionText({ name, skuPartNumber, makesMailbox, freeSeats }: SkuChoice): string {
  return `${name} (${skuPartNumber}): ${makesMailbox ? 'makes a mailbox' : 'no mailbox'}, ${numberText(freeSeats)} free`;
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
                Leave this licence out
              </Button>
            </div>
          )}
        </fieldset>
      ))}
      <div>
        <Button size="small" onClick={() => change([...licences, { skuPartNumber: '', disabledPlans: [] }])}>
          Add another licence
        </Button>
      </div>
    </>
  );
}

function OneLicence(props: { licence: DraftLicence; skus: SkuChoice[]; change: (licence: DraftLicence) => void }) {
  const { licence, skus, change } = props;
  const sku = skus.find(({ skuPartNumber }) => skuPartNumber === licence.skuPartNumber);
  const isOther = licence.skuPartNumber !== '' && !sku;
  return (
    <>
      <Field label="Product" required>
        <Select
          value={isOther ? OTHER : licence.skuPartNumber}
          onChange={(_, { value }) =>
            change({ skuPartNumber: value === OTHER ? 'PART_NUMBER' : value, disabledPlans: [] })
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
      {isOther && (
        <Field label="Part number" hint="This tenant does not have it now: nobody can be licensed until it is bought.">
          <Input
            value={licence.skuPartNumber}
            onChange={(_, { value }) => change({ ...licence, skuPartNumber: value })}
          />
        </Field>
      )}
      {sku && (
        <>
          <p className={styles.row}>
            <Badge tone={sku.makesMailbox ? 'good' : 'warn'}>
              {sku.makesMailbox ? 'Makes a mailbox' : 'Makes no mailbox'}
            </Badge>
            <span className="muted">{countText(sku.freeSeats, 'seat', 'seats')} free</span>
          </p>
          <div className={styles.plans}>
            {sku.plans.map(({ id, name, makesMailbox }) => (
              <Checkbox
                key={id}
                label={makesMailbox ? `${name} (makes the mailbox)` : name}
                checked={!licence.disabledPlans.includes(id)}
                onChange={(_, { checked }) =>
                  change({
                    ...licence,
                    disabledPlans:
                      checked === true
                        ? licence.disabledPlans.filter((plan) => plan !== id)
                        : [...licence.disabledPlans, id],
                  })
                }
              />
            ))}
          </div>
        </>
      )}
    </>
  );
}
