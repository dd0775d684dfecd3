import { Link } from '#components/ui/link.tsx';
import { useWords } from '#components/words/use-words.ts';
import styles from './sum.module.css';

export interface SumPart {
  n: number;
  label: string;
  /** Shows who or what this part is. */
  href?: string;
}

/** Numbers that add up, as words: "12 rows = 9 accepted + 2 duplicates + 1 rejected". Zeros are left out where something remains. */
export function Sum({ total, parts }: { total: { n: number; label: string }; parts: SumPart[] }) {
  const say = useWords('runs');
  const figure = (n: number) => say('figure', { n });
  const present = parts.filter(({ n }) => n > 0);
  return (
    <p className={styles.reconciliation}>
      <strong>
        {figure(total.n)} {total.label}
      </strong>
      {present.length > 0 && <span>=</span>}
      {present.map(({ n, label, href }, index) => (
        <span key={label}>
          {index > 0 && '+ '}
          {href ? (
            <Link href={href}>
              {figure(n)} {label}
            </Link>
          ) : (
            `${figure(n)} ${label}`
          )}
        </span>
      ))}
    </p>
  );
}
