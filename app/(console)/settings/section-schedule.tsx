'use client';

import { Button } from '#components/controls/button.tsx';
import { Checkbox, Switch } from '#components/controls/choice.tsx';
import { Field, Input } from '#components/controls/field.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { SettingsDetail } from '#lib/services/settings/settings.ts';
import { type Form, TextField } from './field-parts.tsx';
import styles from './settings.module.css';

/** From Monday, as weeks are written; numbers as in cron. */
const WEEK = ['1', '2', '3', '4', '5', '6', '0'] as const;

function CommonSchedules({ form, schedules }: { form: Form; schedules: SettingsDetail['schedules'] }) {
  const say = useWords('settingsForm');
  return (
    <fieldset className={stack.row}>
      <legend className="unseen">{say('commonSchedules')}</legend>
      {schedules.map(({ cron, text }) => {
        const isChosen = form.draft.schedule.trim() === cron;
        return (
          <Button
            key={cron}
            appearance="subtle"
            aria-pressed={isChosen}
            disabled={form.isLocked}
            onClick={() => form.set({ schedule: cron })}
          >
            {text}
          </Button>
        );
      })}
    </fieldset>
  );
}

function MaintenanceFields({ form }: { form: Form }) {
  const say = useWords('settingsForm');
  const { maintenance } = form.draft;
  const change = (part: Partial<typeof maintenance>) => form.set({ maintenance: { ...maintenance, ...part } });
  const problem = form.problemAt('maintenance');
  return (
    <div className={styles.group}>
      <Switch
        label={say('maintenance')}
        checked={maintenance.isOn}
        disabled={form.isLocked}
        onChange={(checked) => change({ isOn: checked })}
      />
      {maintenance.isOn && (
        <div className={styles.window}>
          <fieldset className={styles.days}>
            <legend>{say('maintenanceDays')}</legend>
            {WEEK.map((name) => [Number(name), say(`day.${name}`)] as const).map(([day, label]) => (
              <Checkbox
                key={day}
                label={label}
                checked={maintenance.days.includes(day)}
                disabled={form.isLocked}
                onChange={(checked) =>
                  change({ days: checked ? [...maintenance.days, day] : maintenance.days.filter((one) => one !== day) })
                }
              />
            ))}
          </fieldset>
          {(['from', 'to'] as const).map((end) => (
            <Field key={end} label={say(end)}>
              <Input
                type="time"
                value={maintenance[end]}
                disabled={form.isLocked}
                onChange={({ target: { value } }) => change({ [end]: value })}
              />
            </Field>
          ))}
        </div>
      )}
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </div>
  );
}

export function ScheduleSection({ form, detail }: { form: Form; detail: SettingsDetail }) {
  const say = useWords('settingsForm');
  return (
    <>
      <CommonSchedules form={form} schedules={detail.schedules} />
      <TextField
        form={form}
        name="schedule"
        label={say('schedule')}
        className={styles.mono}
        hint={say('hint.schedule')}
      />
      <TextField form={form} name="timeZone" label={say('timeZone')} list="time-zones" hint={say('hint.timeZone')} />
      <Switch
        label={say('paused')}
        checked={form.draft.paused}
        disabled={form.isLocked}
        onChange={(checked) => form.set({ paused: checked })}
      />
      <MaintenanceFields form={form} />
    </>
  );
}
