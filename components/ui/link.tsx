import type { ReactNode } from 'react';
import button from '#components/controls/button.module.css';
import type { Rank } from '#components/controls/button.tsx';

interface Props {
  href: string;
  className?: string | undefined;
  'aria-current'?: 'page' | 'true';
  tabIndex?: number;
  children: ReactNode;
}

/** A link that looks like a button: it leads to where something is done. */
export function ButtonLink({ href, rank = 'secondary', children }: { href: string; rank?: Rank; children: ReactNode }) {
  return (
    <Link href={href} className={`${button.button} ${button[rank]}`}>
      {children}
    </Link>
  );
}

/** The one thing to do is done elsewhere, in a window of its own. */
export function OutsideLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noreferrer" className={`${button.button} ${button.primary}`}>
      {children}
    </a>
  );
}

/** The one link within the app. It fetches nothing ahead: every page asks the database, and most links of a list are never followed. `InAppLinks` follows it. */
export function Link({ children, ...props }: Props) {
  return <a {...props}>{children}</a>;
}
