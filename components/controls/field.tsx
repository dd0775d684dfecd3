'use client';

/** A control with its label, hint and problem; and the controls to put in it. */
import { type ComponentProps, createContext, type ReactNode, use, useId } from 'react';
import styles from './field.module.css';

interface Wiring {
  id?: string;
  required?: boolean;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: true | undefined;
}

/** What the field tells the one control inside it. */
const FieldContext = createContext<Wiring>({});

export interface FieldProps {
  label: string;
  hint?: ReactNode;
  /** What is wrong with its value. */
  problem?: ReactNode;
  required?: boolean;
  className?: string | undefined;
  children: ReactNode;
}

export function Field({ label, hint, problem, required = false, className = '', children }: FieldProps) {
  const id = useId();
  const [hintId, problemId] = [`${id}-hint`, `${id}-problem`];
  const describedBy = [problem && problemId, hint && hintId].filter(Boolean).join(' ');
  const wiring: Wiring = {
    id,
    required,
    'aria-describedby': describedBy || undefined,
    'aria-invalid': problem ? true : undefined,
  };
  return (
    <div className={`${styles.field} ${className}`}>
      <label htmlFor={id}>
        {label}
        {required && (
          <span className={styles.required} aria-hidden="true">
            *
          </span>
        )}
      </label>
      <FieldContext value={wiring}>{children}</FieldContext>
      {problem && (
        <p id={problemId} role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      {hint && (
        <p id={hintId} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}

export function Input({ className = '', ...input }: ComponentProps<'input'>) {
  return <input {...use(FieldContext)} {...input} className={`${styles.control} ${className}`} />;
}

export function SearchBox({ className = '', ...input }: ComponentProps<'input'>) {
  return <Input type="search" {...input} className={`${styles.search} ${className}`} />;
}

export function Textarea({ className = '', ...textarea }: ComponentProps<'textarea'>) {
  return (
    <textarea {...use(FieldContext)} {...textarea} className={`${styles.control} ${styles.textarea} ${className}`} />
  );
}

export function Select({ className = '', ...select }: ComponentProps<'select'>) {
  return <select {...use(FieldContext)} {...select} className={`${styles.control} ${styles.select} ${className}`} />;
}
