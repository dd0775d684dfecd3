/** Who starts in which week, and who will be ready. */
import { numberText } from '#components/text/count-text.ts';
import type { ForecastWeek } from '#lib/services/starts/start-forecast.ts';
import styles from './starts.module.css';

export function StartWeeks({ weeks }: { weeks: readonly ForecastWeek[] }) {
  return (
    <div className={styles.scroller}>
      <table className={styles.weeks}>
        <thead>
          <tr>
            <th scope="col">Week</th>
            <th scope="col">Start</th>
            <th scope="col">Ready</th>
            <th scope="col">Need you</th>
            <th scope="col">No seat</th>
          </tr>
        </thead>
        <tbody>
          {weeks.map(({ week, text, starts, ready, attention, short, planned }) => (
            <tr key={week}>
              <th scope="row">
                {text}
                {planned > 0 && <span className={styles.planned}>{numberText(planned)} in no file yet</span>}
              </th>
              <td>{numberText(starts)}</td>
              <td>{numberText(ready)}</td>
              <td>{attention === 0 ? '–' : numberText(attention)}</td>
              <td className={short > 0 ? styles.short : undefined}>{short === 0 ? '–' : numberText(short)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
