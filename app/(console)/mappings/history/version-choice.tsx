'use client';

import Form from 'next/form';
import { Button } from '#components/controls/button.tsx';
import { Field, Select } from '#components/controls/field.tsx';
import styles from '#components/mappings/mappings.module.css';

interface Props {
  type: string;
  /** Numbers of all versions, the newest first. */
  versions: number[];
  before: number;
  after: number;
}

/** Which two versions are compared: a form of the address, so a comparison can be pasted to a colleague. */
export function VersionChoice({ type, versions, before, after }: Props) {
  const choice = (name: 'a' | 'b', label: string, value: number) => (
    <Field label={label}>
      <Select key={value} name={name} defaultValue={String(value)}>
        {versions.map((version) => (
          <option key={version} value={version}>
            Version {version}
          </option>
        ))}
      </Select>
    </Field>
  );
  return (
    <Form action="/mappings/history" scroll={false} className={styles.compare}>
      <input type="hidden" name="type" value={type} />
      {choice('a', 'From', before)}
      {choice('b', 'To', after)}
      <Button type="submit">Compare</Button>
    </Form>
  );
}
