'use client';

import { Button } from '#components/controls/button.tsx';
import { Checkbox, Switch } from '#components/controls/choice.tsx';
import { Field, Input } from '#components/controls/field.tsx';
import stack from '#components/ui/stack.module.css';
import type { SettingsDetail } from '#lib/services/settings/settings.ts';
import { type Form, TextField } from './field-parts.tsx';
import styles from './settings.module.css';

/** From Monday, as weeks are written; numbers as in cron. */
const WEEK = [
  [1, 'Mon'],
  [2, 'Tue'],
  [3, 'Wed'],
  [4, 'Thu'],
  [5, 'Fri'],
  [6, 'Sat'],
  [0, 'Sun'],
] as const;

function CommonSchedules({ form, schedules }: { form: Form; schedules: SettingsDetail['schedules'] }) {
  return (
    <fieldset className={stack.row}>
      <legend className="unseen">Common schedules</legend>
      {schedules.map(({ cron, text }) => {
        const isChosen = form.draft.schedule.trim() === cron;
        return (
          <Button
            key={cron}
            size="small"
            appearance={isChosen ? 'primary' : 'secondary'}
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
  const { maintenance } = form.draft;
  const change = (part: Partial<typeof maintenance>) => form.set({ maintenance: { ...maintenance, ...part } });
  const problem = form.problemAt('maintenance');
  return (
    <div className={styles.group}>
      <Switch
        label="Maintenance window: a time at which no cycle starts by itself"
        checked={maintenance.isOn}
        disabled={form.isLocked}
        onChange={(checked) => change({ isOn: checked })}
      />
      {maintenance.isOn && (
        <div className={styles.window}>
          <fieldset className={styles.days}>
            <legend>Days on which it starts</legend>
            {WEEK.map(([day, label]) => (
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
            <Field key={end} label={end === 'from' ? 'From' : 'To'}>
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
  return (
    <>
      <CommonSchedules form={form} schedules={detail.schedules} />
      <TextField
        form={form}
        name="schedule"
        label="As a cron expression"
        className={styles.mono}
        hint="Minute, hour, day, month, weekday. The times beside show what it means."
      />
      <TextField
        form={form}
        name="timeZone"
        label="Time zone"
        list="time-zones"
        hint="Type a city, for example Berlin, and choose."
      />
      <Switch
        label="Pause the schedule: no cycle starts by itself, “Run now” still works"
        checked={form.draft.paused}
        disabled={form.isLocked}
        onChange={(checked) => form.set({ paused: checked })}
      />
      <MaintenanceFields form={form} />
    </>
  );
}
