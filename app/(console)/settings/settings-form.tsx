'use client';

import { Button, Field, Input, Switch, Textarea } from '@fluentui/react-components';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { postJson } from '#components/post.ts';
import type { Settings, SettingsDetail } from '#lib/services/settings.ts';
import styles from './settings.module.css';

/** Settings as the boxes of the form hold them. */
interface Draft extends Omit<Settings, 'safetyLimit' | 'reportRecipients'> {
  safetyLimit: string;
  reportRecipients: string;
}

const toDraft = (settings: Settings): Draft => ({
  ...settings,
  safetyLimit: String(settings.safetyLimit),
  reportRecipients: settings.reportRecipients.join('\n'),
});

const toSettings = (draft: Draft): Settings => ({
  ...draft,
  // An emptied box is no number: 0 would lift the limit.
  safetyLimit: draft.safetyLimit.trim() === '' ? Number.NaN : Number(draft.safetyLimit),
  reportRecipients: draft.reportRecipients.split(/[\s,;]+/).filter(Boolean),
});

/** Only what differs is sent, so that two Admins who change different things do not undo each other. */
function changes(before: Settings, after: Settings): Partial<Settings> {
  const changed = Object.entries(after).filter(
    ([name, value]) =>
      JSON.stringify(value) !== JSON.stringify(Object.entries(before).find(([key]) => key === name)?.[1]),
  );
  return Object.fromEntries(changed);
}

/** The service starts its refusal with the name of the field. */
function refusalOf(message: string): { field: string; text: string } {
  const [, field = '', text = message] = /^(\w+)[\w.]*: (.*)$/s.exec(message) ?? [];
  return { field, text: `${text.charAt(0).toUpperCase()}${text.slice(1)}` };
}

export function SettingsForm({ settings }: { settings: Settings }) {
  const router = useRouter();
  const [saved, setSaved] = useState(settings);
  const [draft, setDraft] = useState(toDraft(settings));
  const [refusal, setRefusal] = useState<{ field: string; text: string } | null>(null);
  const [said, setSaid] = useState('');
  const [isBusy, setBusy] = useState(false);

  const set = (change: Partial<Draft>) => {
    setDraft({ ...draft, ...change });
    setSaid('');
  };
  const problem = (field: keyof Settings) =>
    refusal?.field === field ? { validationMessage: refusal.text, validationState: 'error' as const } : {};
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const change = changes(saved, toSettings(draft));
    if (Object.keys(change).length === 0) return setSaid('Nothing was changed.');
    setBusy(true);
    const answer = await postJson<SettingsDetail>('/api/settings', change);
    setBusy(false);
    if (!answer.ok) {
      setSaid('');
      return setRefusal(refusalOf(answer.message));
    }
    setRefusal(null);
    setSaved(answer.data.settings);
    setDraft(toDraft(answer.data.settings));
    setSaid('Saved. The next cycle uses it.');
    router.refresh();
  };

  return (
    <form className={styles.form} onSubmit={save} noValidate>
      <Field
        label="Schedule"
        hint="Cron: minute, hour, day, month, weekday. */15 * * * * is every 15 minutes."
        {...problem('schedule')}
      >
        <Input value={draft.schedule} onChange={(_, { value }) => set({ schedule: value })} />
      </Field>
      <Field label="Time zone" hint="For example UTC or Europe/Berlin." {...problem('timeZone')}>
        <Input value={draft.timeZone} onChange={(_, { value }) => set({ timeZone: value })} />
      </Field>
      <Switch
        label="Pause the schedule: no cycle starts by itself"
        checked={draft.paused}
        onChange={(_, { checked }) => set({ paused: checked })}
      />
      <Field
        label="Safety limit"
        hint="People licensed per cycle without a human yes; the others are held. 0: no limit."
        {...problem('safetyLimit')}
      >
        <Input
          type="number"
          min={0}
          value={draft.safetyLimit}
          onChange={(_, { value }) => set({ safetyLimit: value })}
        />
      </Field>
      <Field
        label="Default usage location"
        hint="Two letters, for example US. Used where neither the row nor the mapping names one."
        {...problem('defaultUsageLocation')}
      >
        <Input
          value={draft.defaultUsageLocation}
          maxLength={2}
          onChange={(_, { value }) => set({ defaultUsageLocation: value })}
        />
      </Field>
      <Switch
        label="License accounts that have an address but no mailbox in Exchange Online. Turn this on only where no mailbox is on-premises."
        checked={draft.licenseAccountsWithAddress}
        onChange={(_, { checked }) => set({ licenseAccountsWithAddress: checked })}
      />
      <Field label="Reports come from" hint="The mailbox that sends the report mails." {...problem('reportSender')}>
        <Input type="email" value={draft.reportSender} onChange={(_, { value }) => set({ reportSender: value })} />
      </Field>
      <Field label="Reports go to" hint="People or groups, one address a line." {...problem('reportRecipients')}>
        <Textarea
          value={draft.reportRecipients}
          onChange={(_, { value }) => set({ reportRecipients: value })}
          resize="vertical"
        />
      </Field>
      {refusal && !(refusal.field in settings) && <p role="alert">{refusal.text}</p>}
      <div className={styles.save}>
        <Button type="submit" appearance="primary" disabledFocusable={isBusy}>
          Save
        </Button>
        <p role="status">{said}</p>
      </div>
    </form>
  );
}
