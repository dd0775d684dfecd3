'use client';

import { Button } from '#components/controls/button.tsx';
import { CountryField } from '#components/controls/country-field.tsx';
import { Field, Input, Select } from '#components/controls/field.tsx';
import { LeadTimeField } from '#components/controls/lead-time-field.tsx';
import { address } from '#components/text/address.ts';
import { Link } from '#components/ui/link.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { MappingEditor } from '#lib/services/mappings/mappings.ts';
import { LicenceFields } from './licence-fields.tsx';
import type { TypedMapping } from './typed-mapping.ts';

interface Props {
  editor: MappingEditor;
  typed: TypedMapping;
  change: (part: Partial<TypedMapping>) => void;
  /** Starts again from the licences of another type; without it that is another page. */
  startLike?: ((type: string) => void) | undefined;
}

/** What a mapping decides. */
export function MappingFields({ editor, typed, change, startLike }: Props) {
  const say = useWords('mapping');
  return (
    <>
      <Field label={say('employeeType')} required hint={say('typeHint')}>
        <Input
          value={typed.employeeType}
          readOnly={editor.baseId !== null}
          maxLength={64}
          onChange={({ target: { value } }) => change({ employeeType: value })}
        />
      </Field>
      <NearTypes editor={editor} startLike={startLike} />
      <LicenceFields licences={typed.licences} skus={editor.skus} change={(licences) => change({ licences })} />
      <CountryField
        label={say('usageLocation')}
        hint={say('usageLocationHint')}
        value={typed.usageLocation}
        onChange={(usageLocation) => change({ usageLocation })}
      />
      <LeadTimeField
        label={say('leadTime')}
        hint={say('leadTimeHint')}
        inherited={say('inSettings')}
        value={typed.leadTime}
        onChange={(leadTime) => change({ leadTime })}
      />
      <Field label={say('addresses')} hint={say('addressesHint')}>
        <Select
          value={typed.addresses}
          onChange={({ target: { value } }) =>
            change({ addresses: value === 'yes' || value === 'no' ? value : 'inherited' })
          }
        >
          <option value="inherited">{say('inSettings')}</option>
          <option value="yes">{say('addressesYes')}</option>
          <option value="no">{say('addressesNo')}</option>
        </Select>
      </Field>
    </>
  );
}

/** Types whose names are close to this one: it may be a slip. */
function NearTypes({ editor: { near, employeeType }, startLike }: Pick<Props, 'editor' | 'startLike'>) {
  const say = useWords('mapping');
  if (near.length === 0) return null;
  const types = near.map((type, index) => (
    <span key={type}>
      {index > 0 && ', '}
      {startLike ? (
        <Button appearance="subtle" onClick={() => startLike(type)}>
          {type}
        </Button>
      ) : (
        <Link href={address('/mappings/edit', { type: employeeType, like: type, release: 1 })}>{type}</Link>
      )}
    </span>
  ));
  return <p>{say.parts('near', { types: () => types })}</p>;
}
