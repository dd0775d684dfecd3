'use client';

import { useEffect, useState } from 'react';
import { strong } from '#components/text/strong.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { postJson } from '#components/ui/post.ts';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { SchedulePlan } from '#lib/services/settings/settings.ts';
import styles from './settings.module.css';
import { type Draft, maintenanceOf } from './settings-draft.ts';

const PAUSE_MS = 250;

/** What the schedule in the form means, asked of the server while it is typed. */
function usePlan(first: SchedulePlan, draft: Draft): SchedulePlan {
  const { schedule, timeZone, paused } = draft;
  const wanted = JSON.stringify({ schedule, timeZone, paused, maintenance: maintenanceOf(draft) });
  const [plan, setPlan] = useState({ asked: wanted, plan: first });
  useEffect(() => {
    if (plan.asked === wanted) return;
    let isOld = false;
    const timer = setTimeout(async () => {
      const answer = await postJson<SchedulePlan>('/api/settings/preview', JSON.parse(wanted));
      // A window without a day is reported when it is saved.
      if (answer.ok && !isOld) setPlan({ asked: wanted, plan: answer.data });
    }, PAUSE_MS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [wanted, plan.asked]);
  return plan.plan;
}

export function SchedulePreview({
  first,
  draft,
  isChanged,
}: {
  first: SchedulePlan;
  draft: Draft;
  isChanged: boolean;
}) {
  const say = useWords('settingsForm');
  const { text, problem, paused, nextTimes, maintenance, timeZone } = usePlan(first, draft);
  const meaning = paused ? 'meaningPaused' : nextTimes.length === 0 ? 'meaningNever' : 'meaning';
  return (
    <Panel title={say(isChanged ? 'onceSaved' : 'nextCycles')}>
      <div className={styles.preview}>
        <p role="status">{problem ?? say.parts(meaning, { text, strong })}</p>
        {nextTimes.length > 0 && (
          <>
            <p className="muted">{say('timesIn', { zone: timeZone })}</p>
            <ol className={styles.times}>
              {nextTimes.map((time) => (
                <li key={time.at}>
                  <span className="number">{time.text}</span>{' '}
                  <span className="muted">
                    <Time at={time.at} isPlan />
                  </span>
                </li>
              ))}
            </ol>
          </>
        )}
        {maintenance && (
          <p className="muted">
            {maintenance.isNow
              ? say('maintenanceNow', { text: maintenance.text, to: maintenance.to.text })
              : say('maintenanceNext', {
                  text: maintenance.text,
                  from: maintenance.from.text,
                  to: maintenance.to.text,
                })}
          </p>
        )}
      </div>
    </Panel>
  );
}
