import { useWords } from '#components/words/use-words.ts';
import styles from './progress.module.css';

/** How far something with a known length is, in words and as a bar; without a length only in words. */
export function MeasuredProgress(props: { label: string; text: string; done: number; of: number | null }) {
  const { label, text, done, of } = props;
  return (
    <div className={styles.progress} role="status">
      <p className="number">{text}</p>
      <progress
        className={styles.bar}
        aria-label={label}
        value={of === null ? undefined : Math.min(done, of)}
        max={of || 1}
      />
    </div>
  );
}

/** Rows of a long file that are stored already. */
export function IntakeProgress({ rows, total }: { rows: number; total: number | null }) {
  const say = useWords('runs');
  const text = total === null ? say('importedRows', { n: rows }) : say('importedOf', { n: rows, all: total });
  return <MeasuredProgress label={say('rowsImported')} text={text} done={rows} of={total} />;
}
