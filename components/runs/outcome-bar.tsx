import { OUTCOMES, type Outcome } from '#lib/domain/time/trends.ts';
import styles from './outcome-bar.module.css';

/** What became of people as a bar: open green, waiting blue, in need of somebody amber. The numbers stand beside it in words. */
export function OutcomeBar({ sums }: { sums: Readonly<Record<Outcome, number>> }) {
  const total = OUTCOMES.reduce((sum, outcome) => sum + sums[outcome], 0);
  if (total === 0) return null;
  // Drawn one over the other from the right: each is as wide as itself and all before it. No style attribute, which the page refuses.
  const parts = OUTCOMES.map((outcome, at) => {
    const upTo = OUTCOMES.slice(0, at + 1).reduce((sum, one) => sum + sums[one], 0);
    return { outcome, width: `${(100 * upTo) / total}%` };
  });
  return (
    <svg className={styles.bar} aria-hidden="true">
      {parts
        .filter(({ outcome }) => sums[outcome] > 0)
        .reverse()
        .map(({ outcome, width }) => (
          <rect key={outcome} width={width} height="100%" className={styles[outcome]} />
        ))}
    </svg>
  );
}
