'use client';

import { use, useId, useState } from 'react';
import { LanguageContext } from '#components/words/language-provider.tsx';
import { useWords } from '#components/words/use-words.ts';
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
  const say = useWords('controls');
  const language = use(LanguageContext);
  const list = useId();
  // The browser supplies the names, so they are rendered only once they are needed.
  const [choices, setChoices] = useState<ReturnType<typeof countryChoices>>([]);
  const code = readCountry(value);
  const name = choices.find((choice) => choice.code === code)?.name;
  const meant = name === undefined ? say('anyCountry') : say('country', { name, code: code ?? '' });
  return (
    <>
      <Field hint={`${meant} ${hint}`} {...field}>
        <Input
          value={value}
          list={list}
          disabled={disabled}
          autoComplete="off"
          spellCheck={false}
          onFocus={() => setChoices(countryChoices(language))}
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
