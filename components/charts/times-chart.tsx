/** How long a step took, week by week: half of the people, and 19 of 20. */
import { scaleLog, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import { dayOfMonthText, shortDayText, spanText } from '#components/text/time-text.ts';
import { Link } from '#components/ui/link.tsx';
import { Nothing } from '#components/ui/panel.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { WeekTimes } from '#lib/domain/time/trends.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import { TimeAxis, ValueAxis } from './axes.tsx';
import styles from './charts.module.css';
import { ChartFrame, PLOT } from './frame.tsx';

const MINUTE = 60_000;
/** Where lines stand: a second-by-second scale says nothing of waits between a minute and a month. */
const TICKS = [MINUTE, 10 * MINUTE, 60 * MINUTE, 6 * 60 * MINUTE, 24 * 60 * MINUTE, 7 * 24 * 60 * MINUTE];

type Thing = 'licence' | 'mailbox';

interface ChartWords {
  trend: Say<Words['trends']>;
  time: Say<Words['time']>;
}

function findingOf({ trend, time }: ChartWords, weeks: readonly WeekTimes[], thing: Thing): string {
  const last = weeks.findLast(({ people }) => people > 0);
  if (!last || last.medianMs === null || last.p95Ms === null) return '';
  const spans = { half: spanText(time, last.medianMs), most: spanText(time, last.p95Ms) };
  return trend(`half.${thing}`, { week: shortDayText(time, last.week), n: last.people, ...spans });
}

export function TimesChart({ weeks, thing, csv }: { weeks: readonly WeekTimes[]; thing: Thing; csv: string }) {
  const say = useWords('trends');
  const sayTime = useWords('time');
  if (weeks.every(({ people }) => people === 0))
    return (
      <Nothing
        title={say('nobodyThrough')}
        why={say(`first.${thing}`)}
        action={<Link href="/people">{say('toPeople')}</Link>}
      />
    );
  const x = scalePoint(
    weeks.map(({ week }) => week),
    [PLOT.left, PLOT.right],
  ).padding(0.5);
  const longest = Math.max(10 * MINUTE, ...weeks.map(({ p95Ms }) => p95Ms ?? 0));
  const y = scaleLog([MINUTE / 2, longest * 1.3], [PLOT.bottom, PLOT.top]).clamp(true);
  const path = (key: 'medianMs' | 'p95Ms') =>
    line<WeekTimes>(
      ({ week }) => x(week) ?? 0,
      (one) => y(Math.max(MINUTE / 2, one[key] ?? 0)),
    ).defined((one) => one[key] !== null)(weeks) ?? '';
  const points = weeks.flatMap(({ week, medianMs, p95Ms }) =>
    medianMs === null || p95Ms === null ? [] : [{ week, medianMs, p95Ms }],
  );
  return (
    <ChartFrame
      finding={findingOf({ trend: say, time: sayTime }, weeks, thing)}
      legend={[
        { series: 'line', label: say('halfAtMost') },
        { series: 'dashed', label: say('mostAtMost') },
      ]}
      table={{
        head: [say('weekFrom'), say('people'), say('columnHalf'), say('mostAtMost')],
        rows: weeks.map(({ week, people, medianMs, p95Ms }) => [
          ...[shortDayText(sayTime, week), say('figure', { n: people })],
          ...[medianMs, p95Ms].map((ms) => (ms === null ? '–' : spanText(sayTime, ms))),
        ]),
      }}
      csv={csv}
    >
      <ValueAxis y={y} text={(ms) => spanText(sayTime, ms)} ticks={TICKS.filter((tick) => tick <= longest * 1.3)} />
      <path d={path('p95Ms')} className={styles.dashed} />
      <path d={path('medianMs')} className={styles.line} />
      {points.map(({ week, medianMs, p95Ms }) => (
        <g key={week} className={styles.dots}>
          <circle cx={x(week)} cy={y(Math.max(MINUTE / 2, p95Ms))} r={2} />
          <circle cx={x(week)} cy={y(Math.max(MINUTE / 2, medianMs))} r={2.5} />
        </g>
      ))}
      <TimeAxis
        labels={weeks
          .filter((_, at) => at % 3 === 1)
          .map(({ week }) => ({ at: x(week) ?? 0, text: dayOfMonthText(sayTime, week) }))}
      />
    </ChartFrame>
  );
}
