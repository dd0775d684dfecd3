/** Who starts in which week, and who will be ready. */

import { shortDayText } from '#components/text/time-text.ts';
import { useWords } from '#components/words/use-words.ts';
import { endOfWeek } from '#lib/domain/licences/start-forecast.ts';
import type { ForecastWeek } from '#lib/services/starts/start-forecast.ts';
import styles from './starts.module.css';

export function StartWeeks({ weeks }: { weeks: readonly ForecastWeek[] }) {
  const say = useWords('starts');
  const sayTime = useWords('time');
  const nameOf = (week: string | null) =>
    week === null
      ? say('waitingNow')
      : say('fromTo', { from: shortDayText(sayTime, week), to: shortDayText(sayTime, endOfWeek(week)) });
  const figure = (n: number) => say('figure', { n });
  return (
    <div className={styles.scroller}>
      <table className={styles.weeks}>
        <thead>
          <tr>
            <th scope="col">{say('week')}</th>
            <th scope="col">{say('start')}</th>
            <th scope="col">{say('ready')}</th>
            <th scope="col">{say('needYou')}</th>
            <th scope="col">{say('noSeat')}</th>
          </tr>
        </thead>
        <tbody>
          {weeks.map(({ week, starts, ready, attention, short, planned }) => (
            <tr key={week} className={week === null ? styles.now : undefined}>
              <th scope="row">
                {nameOf(week)}
                {planned > 0 && <span className={styles.planned}>{say('unnamed', { n: planned })}</span>}
              </th>
              <td>{figure(starts)}</td>
              <td>{figure(ready)}</td>
              <td>{attention === 0 ? '–' : figure(attention)}</td>
              <td className={short > 0 ? styles.short : undefined}>{short === 0 ? '–' : figure(short)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
