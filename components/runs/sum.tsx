import { numberText } from '#components/text/count-text.ts';
import { Link } from '#components/ui/link.tsx';
import styles from './sum.module.css';

export interface SumPart {
  n: number;
  word: string;
  /** Shows who or what this part is. */
  href?: string;
}

/** Numbers that add up, as words: "12 rows = 9 accepted + 2 duplicates + 1 rejected". Zeros are left out where something remains. */
export function Equation({ total, parts }: { total: { n: number; word: string }; parts: SumPart[] }) {
  const present = parts.filter(({ n }) => n > 0);
  return (
    <p className={styles.equation}>
      <strong>
        {numberText(total.n)} {total.word}
      </strong>
      {present.length > 0 && <span>=</span>}
      {present.map(({ n, word, href }, index) => (
        <span key={word}>
          {index > 0 && '+ '}
          {href ? (
            <Link href={href}>
              {numberText(n)} {word}
            </Link>
          ) : (
            `${numberText(n)} ${word}`
          )}
        </span>
      ))}
    </p>
  );
}
