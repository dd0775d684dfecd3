'use client';

import { useId, useState } from 'react';
import { countryChoices, readCountry } from '#lib/domain/text/countries.ts';
import { Field, type FieldProps, Input } from './field.tsx';

type Props = Pick<FieldProps, 'label' | 'required' | 'problem'> & {
  hint?: string;
  value: string;
  disabled?: boolean;
  onChange: (value: string) => void;
};

/** A country to choose from a list or to type, by code or by name; says which one is meant. What is typed is never cut or changed. */
export function CountryField({ hint = '', value, disabled = false, onChange, ...field }: Props) {
  const list = useId();
  // The browser supplies the names, so they are rendered only once they are needed.
  const [choices, setChoices] = useState<ReturnType<typeof countryChoices>>([]);
  const code = readCountry(value);
  const name = choices.find((choice) => choice.code === code)?.name;
  const meant = name === undefined ? 'A code or a name, for example DE or Germany.' : `${name} (${code}).`;
  return (
    <>
      <Field hint={`${meant} ${hint}`} {...field}>
        <Input
          value={value}
          list={list}
          disabled={disabled}
          autoComplete="off"
          spellCheck={false}
          onFocus={() => setChoices(countryChoices())}
          onChange={({ target }) => onChange(target.value)}
        />
      </Field>
      <datalist id={list}>
        {choices.map((choice) => (
          <option key={choice.code} value={choice.code}>
            {choice.name}
          </option>
        ))}
      </datalist>
    </>
  );
}
