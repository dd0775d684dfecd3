/** Seats of one licence: bought and used until today, and what is needed from now on. */

import { scaleLinear } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import { dayOfMonthText, shortDayText } from '#components/text/time-text.ts';
import { useWords } from '#components/words/use-words.ts';
import type { SeatTrend } from '#lib/services/trends/trends.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import { TimeAxis, ValueAxis } from './axes.tsx';
import styles from './charts.module.css';
import { ChartFrame, PLOT } from './frame.tsx';

const WEEK = 7;

function findingOf(say: Say<Words['trends']>, sayTime: Say<Words['time']>, { name, days, ahead }: SeatTrend): string {
  const last = days.at(-1);
  if (!last) return '';
  const now = say('usedOf', { licence: name, used: last.used, bought: last.bought });
  const short = ahead.find(({ used }) => used > last.bought);
  const most = ahead.at(-1)?.used ?? last.used;
  if (short) return `${now} ${say('short', { day: shortDayText(sayTime, short.day), n: most - last.bought })}`;
  return most > last.used
    ? `${now} ${say('enough', { n: most - last.used, day: shortDayText(sayTime, ahead.at(-1)?.day ?? last.day) })}`
    : `${now} ${say('noMore')}`;
}

export function SeatsChart({ seats, csv }: { seats: SeatTrend; csv: string }) {
  const say = useWords('trends');
  const sayTime = useWords('time');
  const figure = (n: number) => say('figure', { n });
  const { days, ahead } = seats;
  const today = Date.parse(ahead[0]?.day ?? '');
  const first = Math.min(today, Date.parse(days[0]?.day ?? ''));
  const x = scaleLinear([first, Date.parse(ahead.at(-1)?.day ?? '')], [PLOT.left, PLOT.right]);
  const at = ({ day }: { day: string }) => x(Date.parse(day));
  const last = days.at(-1);
  const bought = last?.bought ?? 0;
  // Amber where somebody has to buy some.
  const limit = ahead.some(({ used }) => used > bought) ? 'short' : 'limit';
  const most = Math.max(4, ...days.flatMap((one) => [one.bought, one.used]), ...ahead.map(({ used }) => used));
  const y = scaleLinear([0, most], [PLOT.bottom, PLOT.top]).nice(4);
  const path = (points: readonly { day: string; value: number }[]) =>
    line<{ day: string; value: number }>(at, ({ value }) => y(value)).curve(curveStepAfter)(points) ?? '';
  const end = ahead.at(-1)?.day ?? '';
  const weeks = ahead.filter((_, n) => n % WEEK === 0);
  return (
    <ChartFrame
      finding={findingOf(say, sayTime, seats)}
      legend={[
        { series: 'line', label: say('used') },
        { series: 'dashed', label: say('usedIf') },
        { series: limit, label: say('bought') },
      ]}
      table={{
        head: [say('day'), say('bought'), say('used')],
        rows: [
          ...days.map((one) => [shortDayText(sayTime, one.day), figure(one.bought), figure(one.used)]),
          ...weeks
            .slice(1)
            .map((one) => [say('forecast', { day: shortDayText(sayTime, one.day) }), figure(bought), figure(one.used)]),
        ],
      }}
      csv={csv}
    >
      <ValueAxis y={y} text={figure} ticks={y.ticks(4)} />
      <line x1={x(today)} x2={x(today)} y1={PLOT.top} y2={PLOT.bottom} className={styles.today} />
      <path
        d={path([...days.map((one) => ({ day: one.day, value: one.bought })), { day: end, value: bought }])}
        className={styles[limit]}
      />
      <path d={path(ahead.map(({ day, used }) => ({ day, value: used })))} className={styles.dashed} />
      <path d={path(days.map(({ day, used }) => ({ day, value: used })))} className={styles.line} />
      {last && <circle cx={at(last)} cy={y(last.used)} r={2.5} className={styles.dots} />}
      <TimeAxis
        labels={[
          { at: x(today), text: say('today') },
          { at: at({ day: weeks.at(-2)?.day ?? end }), text: dayOfMonthText(sayTime, weeks.at(-2)?.day ?? end) },
        ]}
      />
    </ChartFrame>
  );
}
