import type { Metadata } from 'next';
import { PageHeader } from '#components/layout/page-header.tsx';
import { RunNow } from '#components/runs/run-now.tsx';
import stack from '#components/ui/stack.module.css';
import { reasonWords } from '#components/words/reasons.ts';
import { requestLanguage, words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { whyNot } from '#lib/services/http/errors.ts';
import { groupInWords } from '#lib/services/overview/cases.ts';
import { readOverview } from '#lib/services/overview/overview.ts';
import { readStartForecast } from '#lib/services/starts/start-forecast.ts';
import { EveryState, Runs, SeatsLeft } from './overview-facts.tsx';
import { FirstSteps } from './overview-first-steps.tsx';
import { Health, NeedsYou, Waiting } from './overview-people.tsx';
import { StartingSoon, soonOf } from './overview-starts.tsx';
import { Strip } from './overview-strip.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('overview'))('title') };
}

export default async function OverviewPage() {
  const operator = await requireOperator('people:read', '/');
  const overview = readOverview(operator, await requestLanguage());
  const { firstSteps } = overview;
  const weeks = soonOf(readStartForecast(operator).weeks);
  const say = await words('overview');
  const sayReason = await reasonWords();
  return (
    <>
      <PageHeader
        help="overview"
        title={say('title')}
        actions={<RunNow whyNot={whyNot(operator.role, 'runs:start', await requestLanguage())} />}
      />
      <div className={stack.parts}>
        <Health notes={overview.health} />
        {!firstSteps && <Strip overview={overview} weeks={weeks} />}
        <div className={stack.columns}>
          <div className={stack.parts}>
            {firstSteps && <FirstSteps steps={firstSteps} />}
            {/* A first file that was refused whole is a case already. */}
            {(!firstSteps || firstSteps.hasFile) && (
              <>
                <NeedsYou
                  groups={overview.needsHuman.map((group) => groupInWords(sayReason, group))}
                  stayedOut={overview.stayedOut}
                  mine={overview.mine}
                  lastCheckAt={overview.lastRun?.finishedAt ?? null}
                  role={operator.role}
                />
                <Waiting
                  groups={overview.waiting.map((group) => groupInWords(sayReason, group))}
                  usual={overview.usual}
                />
              </>
            )}
            <StartingSoon weeks={weeks} />
          </div>
          <div className={stack.parts}>
            <Runs overview={overview} />
            <SeatsLeft seats={overview.seats} />
            {!firstSteps && <EveryState byState={overview.byState} everybody={overview.everybody} />}
          </div>
        </div>
      </div>
    </>
  );
}
