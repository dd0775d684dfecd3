'use client';

import Form from 'next/form';
import { Button } from '#components/controls/button.tsx';
import { Field, Select } from '#components/controls/field.tsx';
import styles from '#components/mappings/mappings.module.css';
import { useWords } from '#components/words/use-words.ts';

interface Props {
  type: string;
  /** Numbers of all versions, the newest first. */
  versions: number[];
  before: number;
  after: number;
}

/** Which two versions are compared: a form of the address, so a comparison can be pasted to a colleague. */
export function VersionChoice({ type, versions, before, after }: Props) {
  const say = useWords('mapping');
  const choice = (name: 'a' | 'b', label: string, value: number) => (
    <Field label={label}>
      <Select key={value} name={name} defaultValue={String(value)}>
        {versions.map((version) => (
          <option key={version} value={version}>
            {say('version', { n: version })}
          </option>
        ))}
      </Select>
    </Field>
  );
  return (
    <Form action="/mappings/history" scroll={false} className={styles.compare}>
      <input type="hidden" name="type" value={type} />
      {choice('a', say('from'), before)}
      {choice('b', say('to'), after)}
      <Button type="submit">{say('compare')}</Button>
    </Form>
  );
}
