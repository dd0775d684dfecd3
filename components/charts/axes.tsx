/** The lines and labels behind a chart. */
import styles from './charts.module.css';
import { HEIGHT, PLOT } from './frame.tsx';

const LABEL_GAP = 5;
const BASELINE = 8;

/** Lines across the plot at the ticks of the scale. */
export function ValueAxis({
  y,
  text,
  ticks,
}: {
  y: (value: number) => number;
  text: (value: number) => string;
  ticks: readonly number[];
}) {
  return ticks.map((tick) => (
    <g key={tick}>
      <line x1={PLOT.left} x2={PLOT.right} y1={y(tick)} y2={y(tick)} className={styles.grid} />
      <text x={PLOT.left - LABEL_GAP} y={y(tick)} dominantBaseline="middle" textAnchor="end" className={styles.label}>
        {text(tick)}
      </text>
    </g>
  ));
}

/** Labels below the plot. */
export function TimeAxis({ labels }: { labels: readonly { at: number; text: string }[] }) {
  return labels.map(({ at, text }) => (
    <text key={text} x={at} y={HEIGHT - BASELINE} textAnchor="middle" className={styles.label}>
      {text}
    </text>
  ));
}
