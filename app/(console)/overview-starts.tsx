/** The next weeks on the overview: who starts, who will be ready, and what to buy by when. */
import { MissingSeatsList } from '#components/starts/missing-seats.tsx';
import { StartWeeks } from '#components/starts/start-weeks.tsx';
import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { ForecastWeek } from '#lib/services/starts/start-forecast.ts';

const WEEKS_SHOWN = 5;

/** The weeks that the overview tells of. */
export const soonOf = (weeks: readonly ForecastWeek[]) => weeks.slice(0, WEEKS_SHOWN);

/** Nothing where nobody waits or starts. */
export function StartingSoon({ weeks: shown }: { weeks: readonly ForecastWeek[] }) {
  const say = useWords('overview');
  if (shown.length === 0) return null;
  return (
    <Panel title={say('starts')} aside={<Link href="/licences">{say('allWeeks')}</Link>}>
      <div className={stack.stack}>
        <MissingSeatsList weeks={shown} />
        <StartWeeks weeks={shown} />
      </div>
    </Panel>
  );
}
