/** Checkboxes, switches and radio buttons: the browser's own, in our colours. */
import type { ComponentProps, ReactNode } from 'react';
import styles from './choice.module.css';

interface LabelledProps extends Omit<ComponentProps<'input'>, 'type' | 'className' | 'onChange'> {
  label: ReactNode;
  onChange: (isOn: boolean) => void;
}

function Labelled({
  label,
  onChange,
  appearance,
  type,
  ...input
}: LabelledProps & { appearance?: string; type: string }) {
  return (
    <label className={styles.choice}>
      <input
        {...input}
        type={type}
        className={`${styles.box} ${appearance}`}
        onChange={({ target }) => onChange(target.checked)}
      />
      {typeof label === 'string' ? label : <span>{label}</span>}
    </label>
  );
}

export function Checkbox(props: LabelledProps) {
  return <Labelled {...props} type="checkbox" appearance={styles.tick} />;
}

export function Switch(props: LabelledProps) {
  return <Labelled {...props} type="checkbox" role="switch" appearance={styles.switch} />;
}

export function Radio(props: LabelledProps) {
  return <Labelled {...props} type="radio" appearance={styles.radio} />;
}

/** A checkbox without a visible label, in a table: `aria-label` says what it selects. `isMixed`: some of its rows are selected. */
export function BareCheckbox({
  isMixed = false,
  onChange,
  ...input
}: Omit<LabelledProps, 'label'> & { 'aria-label': string; isMixed?: boolean }) {
  return (
    <input
      {...input}
      type="checkbox"
      className={`${styles.box} ${styles.tick}`}
      ref={(box) => {
        if (box) box.indeterminate = isMixed;
      }}
      onChange={({ target }) => onChange(target.checked)}
    />
  );
}
