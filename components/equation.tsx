import { numberText } from './count-text.ts';
import styles from './equation.module.css';

/** Numbers that add up, as words: "12 rows = 9 accepted + 2 duplicates + 1 rejected". Zeros are left out where something remains. */
export function Equation({
  total,
  parts,
}: {
  total: { n: number; word: string };
  parts: { n: number; word: string }[];
}) {
  const present = parts.filter(({ n }) => n > 0);
  return (
    <p className={styles.equation}>
      <strong>
        {numberText(total.n)} {total.word}
      </strong>
      {present.length > 0 && <span>=</span>}
      {present.map(({ n, word }, index) => (
        <span key={word}>
          {index > 0 && '+ '}
          {numberText(n)} {word}
        </span>
      ))}
    </p>
  );
}
