'use client';

import { useWords } from '#components/words/use-words.ts';
import { Field, type FieldProps, Input, Select } from './field.tsx';
import styles from './lead-time-field.module.css';

type Props = Pick<FieldProps, 'label' | 'hint' | 'problem'> & {
  /** A number of days, `at_once` or `inherited`. */
  value: string;
  /** What is chosen for whoever chooses nothing; left out: something has to be chosen. */
  inherited?: string;
  disabled?: boolean;
  onChange: (value: string) => void;
};

const USUAL_DAYS = '14';

/** When people with a start date are licensed: at once, or so many days before. */
export function LeadTimeField({ value, inherited, disabled = false, onChange, ...field }: Props) {
  const say = useWords('controls');
  const isDays = value !== 'at_once' && value !== 'inherited';
  return (
    <Field {...field}>
      <span className={styles.choice}>
        <Select
          value={isDays ? 'days' : value}
          disabled={disabled}
          onChange={({ target }) => onChange(target.value === 'days' ? USUAL_DAYS : target.value)}
        >
          {inherited !== undefined && <option value="inherited">{inherited}</option>}
          <option value="days">{say('daysBefore')}</option>
          <option value="at_once">{say('atOnce')}</option>
        </Select>
        {isDays && (
          <Input
            type="number"
            id={undefined}
            aria-label={say('daysBefore')}
            className={styles.days}
            min={0}
            max={365}
            value={value}
            disabled={disabled}
            onChange={({ target }) => onChange(target.value)}
          />
        )}
      </span>
    </Field>
  );
}
