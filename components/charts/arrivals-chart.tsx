/** Who arrived on each day, by what became of them, and how many mailboxes opened on it. */
import { scaleBand, scaleLinear } from 'd3-scale';
import { line, stack } from 'd3-shape';
import { countText, numberText } from '#components/text/count-text.ts';
import { shortDay } from '#lib/domain/time/days.ts';
import { type DayCounts, OUTCOMES, type Outcome } from '#lib/domain/time/trends.ts';
import { TimeAxis, ValueAxis } from './axes.tsx';
import styles from './charts.module.css';
import { ChartFrame, PLOT } from './frame.tsx';

const LABELS: Record<Outcome, string> = {
  open: 'mailbox open',
  waiting: 'waiting',
  attention: 'need somebody',
  closed: 'dismissed',
};
const LABELLED_DAYS = 7;

const arrivedOn = ({ arrived }: DayCounts) => OUTCOMES.reduce((sum, outcome) => sum + arrived[outcome], 0);

function findingOf(days: readonly DayCounts[]): string {
  const arrived = days.reduce((sum, day) => sum + arrivedOn(day), 0);
  const opened = days.reduce((sum, day) => sum + day.opened, 0);
  if (arrived + opened === 0) return `Nobody arrived in the last ${days.length} days.`;
  const attention = days.reduce((sum, day) => sum + day.arrived.attention, 0);
  const busiest = days.reduce((most, day) => (arrivedOn(day) > arrivedOn(most) ? day : most));
  const needing = attention === 0 ? '' : `; ${numberText(attention)} of them need somebody`;
  return `${countText(arrived, 'person', 'people')} arrived in the last ${days.length} days${needing}. ${countText(opened, 'mailbox', 'mailboxes')} opened. The busiest day was ${shortDay(busiest.day)} with ${numberText(arrivedOn(busiest))}.`;
}

export function ArrivalsChart({ days, csv }: { days: readonly DayCounts[]; csv: string }) {
  const x = scaleBand(
    days.map(({ day }) => day),
    [PLOT.left, PLOT.right],
  ).padding(0.25);
  const most = Math.max(4, ...days.map((day) => Math.max(arrivedOn(day), day.opened)));
  const y = scaleLinear([0, most], [PLOT.bottom, PLOT.top]).nice(4);
  const layers = stack<DayCounts, Outcome>()
    .keys(OUTCOMES)
    .value(({ arrived }, outcome) => arrived[outcome])(days);
  const middle = ({ day }: DayCounts) => (x(day) ?? 0) + x.bandwidth() / 2;
  const openings = line<DayCounts>(middle, ({ opened }) => y(opened))(days) ?? '';
  return (
    <ChartFrame
      finding={findingOf(days)}
      legend={[
        ...OUTCOMES.map((outcome) => ({ series: outcome, label: `Arrived, ${LABELS[outcome]}` })),
        { series: 'line', label: 'Mailboxes opened' },
      ]}
      table={{
        head: ['Day', 'Arrived', 'Mailbox open', 'Waiting', 'Need somebody', 'Dismissed', 'Opened that day'],
        rows: days.map((day) => [
          shortDay(day.day),
          ...[arrivedOn(day), ...OUTCOMES.map((outcome) => day.arrived[outcome]), day.opened].map(numberText),
        ]),
      }}
      csv={csv}
    >
      <ValueAxis y={y} text={numberText} ticks={y.ticks(4)} />
      {layers.map((layer) => (
        <g key={layer.key} className={styles[layer.key]}>
          {layer.map(([from, to], at) => {
            const day = days[at]?.day ?? '';
            return to > from && <rect key={day} x={x(day)} width={x.bandwidth()} y={y(to)} height={y(from) - y(to)} />;
          })}
        </g>
      ))}
      <path d={openings} className={styles.line} />
      <TimeAxis
        labels={days
          .filter((_, at) => at % LABELLED_DAYS === 1)
          .map((day) => ({ at: middle(day), text: shortDay(day.day).slice(4) }))}
      />
    </ChartFrame>
  );
}
