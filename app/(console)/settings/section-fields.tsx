'use client';

import { Switch } from '#components/controls/choice.tsx';
import { CountryField } from '#components/controls/country-field.tsx';
import { Field, Select, Textarea } from '#components/controls/field.tsx';
import { LeadTimeField } from '#components/controls/lead-time-field.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Link } from '#components/ui/link.tsx';
import { KNOWN_COLUMNS } from '#lib/domain/newcomer.ts';
import { REPORT_PACES } from '#lib/domain/settings.ts';
import type { SettingsDetail } from '#lib/services/settings/settings.ts';
import { type Form, LinesField, NumberField, TextField } from './field-parts.tsx';
import styles from './settings.module.css';

export function FolderSection({ form, detail }: { form: Form; detail: SettingsDetail }) {
  return (
    <>
      <TextField
        form={form}
        name="dropFolder"
        label="Drop folder"
        className={styles.mono}
        hint={`The full path of the share on which IDM drops its CSV files. The next cycle uses it; files in the old folder stay there. It lies in a folder that the environment allows (DROP_FOLDER_ROOTS). The environment says ${detail.environment.dropFolder}.`}
      />
      <LinesField
        form={form}
        name="columnAliases"
        label="Names of columns"
        hint={`What your files call the columns, besides the usual names. One per line, for example UserPrincipalName = Email. The columns are ${KNOWN_COLUMNS.slice(0, -1).join(', ')} and ${KNOWN_COLUMNS.at(-1)}.`}
      />
      <LinesField
        form={form}
        name="columnOrder"
        label="Columns of files without a header"
        hint="The names of all columns, one per line and in order, for example CN, UserPrincipalName, EmployeeType. Empty: a file without a header is rejected from the drop folder, and an upload asks for the columns."
      />
      <Switch
        label="Where two rows disagree about the EmployeeType or usage location of somebody without a licence, the newest row wins. Off: the person is held until somebody chooses."
        checked={form.draft.newestRowWins}
        disabled={form.isLocked}
        onChange={(newestRowWins) => form.set({ newestRowWins })}
      />
    </>
  );
}

export function LimitsSection({ form }: { form: Form }) {
  return (
    <>
      <NumberField
        form={form}
        name="safetyLimit"
        label="Safety limit"
        unit="people"
        min={0}
        max={1_000_000}
        hint="At most this many people are licensed within any 24 hours without approval, whatever run, upload or click they come from; the others are held and listed under Approvals. 0: no limit."
      />
      <CountryField
        label="Default usage location"
        hint="Used where neither the row, the mapping nor the account has one."
        value={form.draft.defaultUsageLocation}
        disabled={form.isLocked}
        onChange={(defaultUsageLocation) => form.set({ defaultUsageLocation })}
        problem={form.problemAt('defaultUsageLocation')}
      />
      <Switch
        label="Some newcomers still get a mailbox on-premises: do not license accounts that already have an address before somebody chooses “License anyway”."
        checked={!form.draft.licenseAccountsWithAddress}
        disabled={form.isLocked}
        onChange={(checked) => form.set({ licenseAccountsWithAddress: !checked })}
      />
      <LeadTimeField
        label="License people with a start date"
        hint="In the time zone of the schedule, and always early enough for the mailbox to be open on the first day. From then on a seat is kept, in order of start date. A mapping can say something else."
        value={form.draft.leadTime}
        disabled={form.isLocked}
        onChange={(leadTime) => form.set({ leadTime })}
        problem={form.problemAt('leadTime')}
      />
      <Switch
        label="Wait until a disabled account is enabled."
        checked={form.draft.waitUntilEnabled}
        disabled={form.isLocked}
        onChange={(waitUntilEnabled) => form.set({ waitUntilEnabled })}
      />
    </>
  );
}

export function WaitingSection({ form }: { form: Form }) {
  return (
    <>
      <NumberField
        form={form}
        name="syncLimitDays"
        label="Waiting for an account"
        unit="days"
        max={90}
        hint="Anyone whom directory synchronisation has not brought to Microsoft 365 by then needs attention."
      />
      <NumberField
        form={form}
        name="mailboxLimitHours"
        label="Waiting for a mailbox"
        unit="hours"
        max={240}
        hint="Anyone whose mailbox does not answer by then needs attention. Exchange Online usually takes minutes."
      />
      <NumberField
        form={form}
        name="attentionCheckHours"
        label="Check people who need attention again after"
        unit="hours"
        max={168}
        hint="The cause may have been fixed elsewhere, so they are checked again this often."
      />
    </>
  );
}

export function RetentionSection({ form }: { form: Form }) {
  return (
    <>
      <NumberField
        form={form}
        name="retentionDays"
        label="Keep details for"
        unit="days"
        min={7}
        max={3650}
        hint="Once a day, whatever is older than this is deleted: checks that changed nothing, requests to Microsoft 365, the texts of report mails, and cycles with nothing else left. Of cycles that found nothing to do, one a day is kept after 7 days. Dry runs are kept for 7 days, uploads that were never imported and tests of the set-up for 30. People and the rows of every file are kept for ever."
      />
      <NumberField
        form={form}
        name="historyYears"
        label="Keep history for"
        unit="years"
        min={0}
        max={100}
        hint="Once a day, who did what longer ago is removed, the oldest first, and a sealed summary of it is kept. It stops at whatever belongs to a person, row or file that is still open. 0: for ever."
      />
      <TextField
        form={form}
        name="backupTime"
        label="Daily backup at"
        hint="Hours and minutes in the time zone of the schedule, for example 02:30. It is written to the folder backups in the data folder and restored into a scratch folder to see that it is whole. Empty: no backup is made."
      />
      <NumberField
        form={form}
        name="backupsKept"
        label="Backups that are kept"
        unit="backups"
        max={365}
        hint="Older ones are deleted after a new one has proved whole. Copy them to another machine: a disk that fails takes both."
      />
    </>
  );
}

export function SessionsSection({ form }: { form: Form }) {
  return (
    <>
      <NumberField
        form={form}
        name="sessionIdleMinutes"
        label="Idle sessions end after"
        unit="minutes"
        min={5}
        max={720}
        hint="Counted from the last page that somebody opened, or the last key or click. An open page that refreshes itself does not count."
      />
      <NumberField
        form={form}
        name="sessionMaxHours"
        label="Every session ends after"
        unit="hours"
        max={24}
        hint="However busy it is: then the operator signs in again. Both limits also hold for the sessions there are."
      />
      <p>
        <Link href="/sessions">See who is signed in</Link>
      </p>
    </>
  );
}

export function ReportsSection({ form, detail }: { form: Form; detail: SettingsDetail }) {
  const { mailTransport, mailServer } = detail.environment;
  return (
    <>
      <TextField
        form={form}
        name="reportSender"
        type="email"
        label="Reports come from"
        hint={
          mailTransport === 'graph'
            ? 'The mailbox that sends them, through Microsoft Graph. A shared mailbox is enough.'
            : `The address they come from. They go through the mail server ${mailServer}.`
        }
      />
      <Field
        label="Reports go to"
        hint="People or groups, one address per line. They get a mail when a run has something to report."
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
      <Field
        label="Reports are sent"
        hint="A report tells everything since the one before. Never more than three go in half an hour."
        problem={form.problemAt('reportPace')}
      >
        <Select
          value={form.draft.reportPace}
          disabled={form.isLocked}
          onChange={({ target: { value } }) =>
            form.set({ reportPace: REPORT_PACES.find((pace) => pace === value) ?? 'at_once' })
          }
        >
          <option value="at_once">As soon as there is news</option>
          <option value="hourly">Once an hour</option>
          <option value="daily">Once a day</option>
        </Select>
      </Field>
      <TextField
        form={form}
        name="reportTime"
        label="Daily report at"
        hint={`Hours and minutes in the time zone of the schedule, for example 07:00. It goes with the next run that ends.${form.draft.reportPace === 'daily' ? '' : ' It counts only where reports are sent once a day.'}`}
      />
    </>
  );
}

export function EnvironmentSection({ detail: { environment } }: { detail: SettingsDetail }) {
  return (
    <>
      <p className="muted">
        These come from the environment of the server. They are changed there (or in the file .env), and the server
        reads them when it starts.
      </p>
      <Facts
        facts={[
          ['Tenant', environment.tenantMode === 'demo' ? 'the demo tenant' : 'Microsoft 365'],
          ['Data folder', <code key="data">{environment.dataDir}</code>],
          ['First drop folder', <code key="folder">{environment.dropFolder}</code>],
          [
            'Mail goes through',
            environment.mailTransport === 'graph' ? 'Microsoft Graph' : `the mail server ${environment.mailServer}`,
          ],
          ['Writes to Graph', `at most ${environment.writesPer150s.toLocaleString('en-GB')} in 150 seconds`],
          [
            'Reads from Graph',
            `at most ${environment.unitsPer10s.toLocaleString('en-GB')} resource units in 10 seconds`,
          ],
        ]}
      />
    </>
  );
}
