/** Buttons, as Microsoft 365 has them. */
import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import styles from './button.module.css';

/** What a button is for: the one thing to do here, what else can be done, and what belongs to one line or field. Each rank has one size. */
export type Rank = 'primary' | 'secondary' | 'subtle';

export interface ButtonProps extends ComponentProps<'button'> {
  appearance?: Rank;
  icon?: ReactNode;
  /** Disabled, but still reachable by keyboard, so that the focus is not lost while something is in progress. */
  disabledFocusable?: boolean;
}

const doNothing = (event: MouseEvent) => event.preventDefault();

export function Button({
  appearance = 'secondary',
  icon,
  disabledFocusable = false,
  className,
  onClick,
  children,
  ...button
}: ButtonProps) {
  return (
    <button
      type="button"
      {...button}
      className={[styles.button, styles[appearance], !children && styles.bare, className].filter(Boolean).join(' ')}
      aria-disabled={disabledFocusable || undefined}
      onClick={disabledFocusable ? doNothing : onClick}
    >
      {icon}
      {children}
    </button>
  );
}

/** A download link styled as a button. */
export function DownloadLink({ href, icon, children }: { href: string; icon?: ReactNode; children: ReactNode }) {
  return (
    <a href={href} download className={`${styles.button} ${styles.secondary}`}>
      {icon}
      {children}
    </a>
  );
}
