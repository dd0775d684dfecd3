/** Seats of one licence: bought and used until today, and what is needed from now on. */
import { scaleLinear } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import { numberText } from '#components/text/count-text.ts';
import { shortDay } from '#lib/domain/time/days.ts';
import type { SeatTrend } from '#lib/services/trends/trends.ts';
import { TimeAxis, ValueAxis } from './axes.tsx';
import styles from './charts.module.css';
import { ChartFrame, PLOT } from './frame.tsx';

const WEEK = 7;

function findingOf({ name, days, ahead }: SeatTrend): string {
  const last = days.at(-1);
  if (!last) return '';
  const now = `${name}: ${numberText(last.used)} of ${numberText(last.bought)} seats used.`;
  const short = ahead.find(({ used }) => used > last.bought);
  const most = ahead.at(-1)?.used ?? last.used;
  if (short)
    return `${now} Seats run short from ${shortDay(short.day)} on: ${numberText(most - last.bought)} more will be needed.`;
  return most > last.used
    ? `${now} ${numberText(most - last.used)} more will be needed by ${shortDay(ahead.at(-1)?.day ?? last.day)}, and are there.`
    : `${now} Nobody on the lists needs one more.`;
}

export function SeatsChart({ seats, csv }: { seats: SeatTrend; csv: string }) {
  const { days, ahead } = seats;
  const today = Date.parse(ahead[0]?.day ?? '');
  const first = Math.min(today, Date.parse(days[0]?.day ?? ''));
  const x = scaleLinear([first, Date.parse(ahead.at(-1)?.day ?? '')], [PLOT.left, PLOT.right]);
  const at = ({ day }: { day: string }) => x(Date.parse(day));
  const last = days.at(-1);
  const bought = last?.bought ?? 0;
  const most = Math.max(4, ...days.flatMap((one) => [one.bought, one.used]), ...ahead.map(({ used }) => used));
  const y = scaleLinear([0, most], [PLOT.bottom, PLOT.top]).nice(4);
  const path = (points: readonly { day: string; value: number }[]) =>
    line<{ day: string; value: number }>(at, ({ value }) => y(value)).curve(curveStepAfter)(points) ?? '';
  const end = ahead.at(-1)?.day ?? '';
  const weeks = ahead.filter((_, n) => n % WEEK === 0);
  return (
    <ChartFrame
      finding={findingOf(seats)}
      legend={[
        { series: 'line', label: 'Used' },
        { series: 'dashed', label: 'Used, if everybody on the lists gets a seat when it is due' },
        { series: 'limit', label: 'Bought' },
      ]}
      table={{
        head: ['Day', 'Bought', 'Used'],
        rows: [
          ...days.map((one) => [shortDay(one.day), numberText(one.bought), numberText(one.used)]),
          ...weeks.slice(1).map((one) => [`${shortDay(one.day)} (forecast)`, numberText(bought), numberText(one.used)]),
        ],
      }}
      csv={csv}
    >
      <ValueAxis y={y} text={numberText} ticks={y.ticks(4)} />
      <line x1={x(today)} x2={x(today)} y1={PLOT.top} y2={PLOT.bottom} className={styles.today} />
      <path
        d={path([...days.map((one) => ({ day: one.day, value: one.bought })), { day: end, value: bought }])}
        className={styles.limit}
      />
      <path d={path(ahead.map(({ day, used }) => ({ day, value: used })))} className={styles.dashed} />
      <path d={path(days.map(({ day, used }) => ({ day, value: used })))} className={styles.line} />
      {last && <circle cx={at(last)} cy={y(last.used)} r={2.5} className={styles.dots} />}
      <TimeAxis
        labels={[
          { at: x(today), text: 'Today' },
          { at: at({ day: weeks.at(-2)?.day ?? end }), text: shortDay(weeks.at(-2)?.day ?? end).slice(4) },
        ]}
      />
    </ChartFrame>
  );
}
