/** What every chart has: a legend, the picture with its finding in words, and the figures behind it. */
import type { ReactNode } from 'react';
import { Link } from '#components/ui/link.tsx';
import { useWords } from '#components/words/use-words.ts';
import styles from './charts.module.css';

/** The drawing is this wide and high in its own units, and as wide as its place on the page. */
const WIDTH = 360;
export const HEIGHT = 190;
/** Around the plot: room for the labels of both axes. */
export const PLOT = { left: 44, right: 342, top: 10, bottom: 166 };

/** How a series is drawn; each has its own colour and its own shape. */
type Series = 'open' | 'waiting' | 'attention' | 'closed' | 'line' | 'dashed' | 'limit' | 'short';

interface FrameInput {
  /** The finding, for whoever cannot see the picture; it stands above it for everybody. */
  finding: string;
  legend: readonly { series: Series; label: string }[];
  table: { head: readonly string[]; rows: readonly (readonly string[])[] };
  csv: string;
  children: ReactNode;
}

export function ChartFrame({ finding, legend, table, csv, children }: FrameInput) {
  const say = useWords('trends');
  return (
    <figure className={styles.figure}>
      <figcaption>{finding}</figcaption>
      <ul className={styles.legend}>
        {legend.map(({ series, label }) => (
          <li key={series}>
            <span className={`${styles.swatch} ${styles[series]}`} aria-hidden="true" /> {label}
          </li>
        ))}
      </ul>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={finding} className={styles.picture}>
        {children}
      </svg>
      <details className={styles.figures}>
        <summary>{say('figures')}</summary>
        <table>
          <thead>
            <tr>
              {table.head.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map(([name, ...cells]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, at) => (
                  <td key={table.head[at + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <p>
          <Link href={csv}>{say('csv')}</Link>
        </p>
      </details>
    </figure>
  );
}
