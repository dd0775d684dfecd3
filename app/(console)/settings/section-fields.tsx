'use client';

import { Switch } from '#components/controls/choice.tsx';
import { CountryField } from '#components/controls/country-field.tsx';
import { Field, Select, Textarea } from '#components/controls/field.tsx';
import { LeadTimeField } from '#components/controls/lead-time-field.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Link } from '#components/ui/link.tsx';
import { useWords } from '#components/words/use-words.ts';
import { KNOWN_COLUMNS } from '#lib/domain/newcomer.ts';
import { MAIL_LANGUAGES, REPORT_PACES } from '#lib/domain/settings.ts';
import type { SettingsDetail } from '#lib/services/settings/settings.ts';
import { LANGUAGES } from '#lib/words/languages.ts';
import { type Form, LinesField, NumberField, TextField } from './field-parts.tsx';
import styles from './settings.module.css';

export function FolderSection({ form, detail }: { form: Form; detail: SettingsDetail }) {
  const say = useWords('settingsForm');
  return (
    <>
      <TextField
        form={form}
        name="dropFolder"
        label={say('dropFolder')}
        className={styles.mono}
        hint={say('hint.dropFolder', { folder: detail.environment.dropFolder })}
      />
      <LinesField
        form={form}
        name="columnAliases"
        label={say('columnAliases')}
        hint={say('hint.columnAliases', {
          names: KNOWN_COLUMNS.slice(0, -1).join(', '),
          last: KNOWN_COLUMNS.at(-1) ?? '',
        })}
      />
      <LinesField form={form} name="columnOrder" label={say('columnOrder')} hint={say('hint.columnOrder')} />
      <Switch
        label={say('newestRowWins')}
        checked={form.draft.newestRowWins}
        disabled={form.isLocked}
        onChange={(newestRowWins) => form.set({ newestRowWins })}
      />
    </>
  );
}

export function LimitsSection({ form }: { form: Form }) {
  const say = useWords('settingsForm');
  return (
    <>
      <NumberField
        form={form}
        name="safetyLimit"
        label={say('safetyLimit')}
        unit={say('unit.people')}
        min={0}
        max={1_000_000}
        hint={say('hint.safetyLimit')}
      />
      <CountryField
        label={say('defaultUsageLocation')}
        hint={say('hint.defaultUsageLocation')}
        value={form.draft.defaultUsageLocation}
        disabled={form.isLocked}
        onChange={(defaultUsageLocation) => form.set({ defaultUsageLocation })}
        problem={form.problemAt('defaultUsageLocation')}
      />
      <Switch
        label={say('onPremises')}
        checked={!form.draft.licenseAccountsWithAddress}
        disabled={form.isLocked}
        onChange={(checked) => form.set({ licenseAccountsWithAddress: !checked })}
      />
      <LeadTimeField
        label={say('leadTime')}
        hint={say('hint.leadTime')}
        value={form.draft.leadTime}
        disabled={form.isLocked}
        onChange={(leadTime) => form.set({ leadTime })}
        problem={form.problemAt('leadTime')}
      />
      <Switch
        label={say('waitUntilEnabled')}
        checked={form.draft.waitUntilEnabled}
        disabled={form.isLocked}
        onChange={(waitUntilEnabled) => form.set({ waitUntilEnabled })}
      />
    </>
  );
}

export function WaitingSection({ form }: { form: Form }) {
  const say = useWords('settingsForm');
  return (
    <>
      <NumberField
        form={form}
        name="syncLimitDays"
        label={say('syncLimitDays')}
        unit={say('unit.days')}
        max={90}
        hint={say('hint.syncLimitDays')}
      />
      <NumberField
        form={form}
        name="mailboxLimitHours"
        label={say('mailboxLimitHours')}
        unit={say('unit.hours')}
        max={240}
        hint={say('hint.mailboxLimitHours')}
      />
      <NumberField
        form={form}
        name="attentionCheckHours"
        label={say('attentionCheckHours')}
        unit={say('unit.hours')}
        max={168}
        hint={say('hint.attentionCheckHours')}
      />
    </>
  );
}

export function RetentionSection({ form }: { form: Form }) {
  const say = useWords('settingsForm');
  return (
    <>
      <NumberField
        form={form}
        name="retentionDays"
        label={say('retentionDays')}
        unit={say('unit.days')}
        min={7}
        max={3650}
        hint={say('hint.retentionDays')}
      />
      <NumberField
        form={form}
        name="historyYears"
        label={say('historyYears')}
        unit={say('unit.years')}
        min={0}
        max={100}
        hint={say('hint.historyYears')}
      />
      <TextField form={form} name="backupTime" label={say('backupTime')} hint={say('hint.backupTime')} />
      <NumberField
        form={form}
        name="backupsKept"
        label={say('backupsKept')}
        unit={say('unit.backups')}
        max={365}
        hint={say('hint.backupsKept')}
      />
    </>
  );
}

export function SessionsSection({ form }: { form: Form }) {
  const say = useWords('settingsForm');
  return (
    <>
      <NumberField
        form={form}
        name="sessionIdleMinutes"
        label={say('sessionIdleMinutes')}
        unit={say('unit.minutes')}
        min={5}
        max={720}
        hint={say('hint.sessionIdleMinutes')}
      />
      <NumberField
        form={form}
        name="sessionMaxHours"
        label={say('sessionMaxHours')}
        unit={say('unit.hours')}
        max={24}
        hint={say('hint.sessionMaxHours')}
      />
      <p>
        <Link href="/sessions">{say('whoIsSignedIn')}</Link>
      </p>
    </>
  );
}

export function ReportsSection({ form, detail }: { form: Form; detail: SettingsDetail }) {
  const say = useWords('settingsForm');
  const { mailTransport, mailServer } = detail.environment;
  return (
    <>
      <TextField
        form={form}
        name="reportSender"
        type="email"
        label={say('reportSender')}
        hint={mailTransport === 'graph' ? say('senderMailbox') : say('senderAddress', { server: mailServer ?? '' })}
      />
      <Field
        label={say('reportRecipients')}
        hint={say('hint.reportRecipients')}
        problem={form.problemAt('reportRecipients')}
      >
        <Textarea
          value={form.draft.reportRecipients}
          disabled={form.isLocked}
          onChange={({ target: { value } }) => form.set({ reportRecipients: value })}
          rows={4}
          spellCheck={false}
        />
      </Field>
      <Field label={say('mailLanguage')} hint={say('hint.mailLanguage')} problem={form.problemAt('mailLanguage')}>
        <Select
          value={form.draft.mailLanguage}
          disabled={form.isLocked}
          onChange={({ target: { value } }) =>
            form.set({ mailLanguage: MAIL_LANGUAGES.find((language) => language === value) ?? 'en' })
          }
        >
          {MAIL_LANGUAGES.map((language) => (
            <option key={language} value={language} lang={language}>
              {LANGUAGES[language]}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={say('reportPace')} hint={say('hint.reportPace')} problem={form.problemAt('reportPace')}>
        <Select
          value={form.draft.reportPace}
          disabled={form.isLocked}
          onChange={({ target: { value } }) =>
            form.set({ reportPace: REPORT_PACES.find((pace) => pace === value) ?? 'at_once' })
          }
        >
          {REPORT_PACES.map((pace) => (
            <option key={pace} value={pace}>
              {say(`pace.${pace}`)}
            </option>
          ))}
        </Select>
      </Field>
      <TextField
        form={form}
        name="reportTime"
        label={say('reportTime')}
        hint={say(form.draft.reportPace === 'daily' ? 'dailyTime' : 'onlyDailyTime')}
      />
    </>
  );
}

export function EnvironmentSection({ detail: { environment } }: { detail: SettingsDetail }) {
  const say = useWords('settingsForm');
  return (
    <>
      <p className="muted">{say('environment')}</p>
      <Facts
        facts={[
          [say('tenant'), environment.tenantMode === 'demo' ? say('demoTenant') : 'Microsoft 365'],
          [say('dataFolder'), <code key="data">{environment.dataDir}</code>],
          [say('firstDropFolder'), <code key="folder">{environment.dropFolder}</code>],
          [
            say('mailThrough'),
            environment.mailTransport === 'graph'
              ? 'Microsoft Graph'
              : say('mailServer', { server: environment.mailServer ?? '' }),
          ],
          [say('writes'), say('writesAtMost', { n: environment.writesPer150s })],
          [say('reads'), say('readsAtMost', { n: environment.unitsPer10s })],
        ]}
      />
    </>
  );
}
