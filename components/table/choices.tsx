import { numberText } from '#components/text/count-text.ts';
import { Link } from '#components/ui/link.tsx';
import styles from './choices.module.css';

export interface Choice {
  label: string;
  count?: number;
  href: string;
  isChosen: boolean;
}

/** A filter with few values: links, of which one or more are chosen. */
export function Choices({ label, choices }: { label: string; choices: Choice[] }) {
  return (
    <nav aria-label={label} className={styles.choices}>
      {choices.map(({ label, count, href, isChosen }) => (
        <Link key={label} href={href} className={styles.choice} aria-current={isChosen ? 'true' : undefined}>
          {label}
          {count !== undefined && <span className={styles.count}>{numberText(count)}</span>}
        </Link>
      ))}
    </nav>
  );
}
