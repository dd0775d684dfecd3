'use client';

import type { ComponentProps, ReactNode } from 'react';
import { Field, Input, Textarea } from '#components/controls/field.tsx';
import type { Settings } from '#lib/services/settings/settings.ts';
import styles from './settings.module.css';
import type { Draft } from './settings-draft.ts';

/** What a section needs of the form. */
export interface Form {
  draft: Draft;
  set(change: Partial<Draft>): void;
  /** True for those who may read and not change. */
  isLocked: boolean;
  /** What is wrong with a setting, shown at its field. */
  problemAt(name: keyof Settings): ReactNode;
}

type TextName = { [Name in keyof Draft]: string extends Draft[Name] ? Name : never }[keyof Draft];

export function TextField(
  props: { form: Form; name: TextName; label: string; hint: string } & Pick<
    ComponentProps<'input'>,
    'className' | 'type' | 'list'
  >,
) {
  const { form, name, label, hint, ...input } = props;
  return (
    <Field label={label} hint={hint} problem={form.problemAt(name)}>
      <Input
        value={form.draft[name]}
        disabled={form.isLocked}
        onChange={({ target: { value } }) => form.set({ [name]: value })}
        spellCheck={false}
        autoComplete="off"
        {...input}
      />
    </Field>
  );
}

/** A list, one entry per line. */
export function LinesField(props: { form: Form; name: TextName; label: string; hint: string }) {
  const { form, name, label, hint } = props;
  return (
    <Field label={label} hint={hint} problem={form.problemAt(name)}>
      <Textarea
        className={styles.mono}
        value={form.draft[name]}
        disabled={form.isLocked}
        onChange={({ target: { value } }) => form.set({ [name]: value })}
        rows={3}
        spellCheck={false}
      />
    </Field>
  );
}

export function NumberField(props: {
  form: Form;
  name: keyof Draft['numbers'];
  label: string;
  unit: string;
  hint: string;
  max: number;
  min?: number;
}) {
  const { form, name, label, unit, hint, min = 1, max } = props;
  return (
    <Field label={label} hint={hint} problem={form.problemAt(name)}>
      <span className={styles.measure}>
        <Input
          type="number"
          className={styles.number}
          min={min}
          max={max}
          value={form.draft.numbers[name]}
          disabled={form.isLocked}
          onChange={({ target: { value } }) => form.set({ numbers: { ...form.draft.numbers, [name]: value } })}
        />
        <span className="muted">{unit}</span>
      </span>
    </Field>
  );
}
