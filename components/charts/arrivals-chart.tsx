/** Who arrived on each day, by what became of them, and how many mailboxes opened on it. */

import { scaleBand, scaleLinear } from 'd3-scale';
import { line, stack } from 'd3-shape';
import { dayOfMonthText, shortDayText } from '#components/text/time-text.ts';
import { useWords } from '#components/words/use-words.ts';
import { type DayCounts, OUTCOMES, type Outcome } from '#lib/domain/time/trends.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import { TimeAxis, ValueAxis } from './axes.tsx';
import styles from './charts.module.css';
import { ChartFrame, PLOT } from './frame.tsx';

const LABELLED_DAYS = 7;

const arrivedOn = ({ arrived }: DayCounts) => OUTCOMES.reduce((sum, outcome) => sum + arrived[outcome], 0);

function findingOf(say: Say<Words['trends']>, sayTime: Say<Words['time']>, days: readonly DayCounts[]): string {
  const arrived = days.reduce((sum, day) => sum + arrivedOn(day), 0);
  const opened = days.reduce((sum, day) => sum + day.opened, 0);
  const period = { days: days.length };
  if (arrived + opened === 0) return say('nobodyArrived', period);
  const attention = days.reduce((sum, day) => sum + day.arrived.attention, 0);
  const busiest = days.reduce((most, day) => (arrivedOn(day) > arrivedOn(most) ? day : most));
  return [
    attention === 0
      ? say('arrived', { ...period, n: arrived })
      : say('arrivedAndNeed', { ...period, n: arrived, attention }),
    say('opened', { n: opened }),
    say('busiest', { day: shortDayText(sayTime, busiest.day), n: arrivedOn(busiest) }),
  ].join(' ');
}

export function ArrivalsChart({ days, csv }: { days: readonly DayCounts[]; csv: string }) {
  const say = useWords('trends');
  const sayTime = useWords('time');
  const figure = (n: number) => say('figure', { n });
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
      finding={findingOf(say, sayTime, days)}
      legend={[
        ...OUTCOMES.map((outcome) => ({ series: outcome, label: say(`legend.${outcome}`) })),
        { series: 'line', label: say('mailboxesOpened') },
      ]}
      table={{
        head: [
          say('day'),
          say('columnArrived'),
          ...OUTCOMES.map((outcome) => say(`column.${outcome}`)),
          say('openedThatDay'),
        ],
        rows: days.map((day) => [
          shortDayText(sayTime, day.day),
          ...[arrivedOn(day), ...OUTCOMES.map((outcome) => day.arrived[outcome]), day.opened].map(figure),
        ]),
      }}
      csv={csv}
    >
      <ValueAxis y={y} text={figure} ticks={y.ticks(4)} />
      {layers.map((layer) => (
        <g key={layer.key} className={styles[layer.key]}>
          {layer.map(([from, to], at) => {
            const day = days[at]?.day ?? '';
            return to > from && <rect key={day} x={x(day)} width={x.bandwidth()} y={y(to)} height={y(from) - y(to)} />;
          })}
        </g>
      ))}
      <path d={openings} className={styles.halo} />
      <path d={openings} className={styles.line} />
      <TimeAxis
        labels={days
          .filter((_, at) => at % LABELLED_DAYS === 1)
          .map((day) => ({ at: middle(day), text: dayOfMonthText(sayTime, day.day) }))}
      />
    </ChartFrame>
  );
}
