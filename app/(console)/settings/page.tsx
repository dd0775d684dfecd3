import type { Metadata } from 'next';
import { type Fact, Facts } from '#components/facts.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { Panel } from '#components/panel.tsx';
import stack from '#components/stack.module.css';
import { Time } from '#components/time.tsx';
import { utcText } from '#components/time-text.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { can, weakestRole } from '#lib/auth/roles.ts';
import { listMappings, type MappingItem } from '#lib/services/mappings.ts';
import { readSettings, type Settings, type SettingsDetail } from '#lib/services/settings.ts';
import styles from './settings.module.css';
import { SettingsForm } from './settings-form.tsx';

export const metadata: Metadata = { title: 'Settings' };

const yesOrNo = (value: boolean) => (value ? 'yes' : 'no');

function factsOf(settings: Settings): Fact[] {
  return [
    ['Schedule', <code key="schedule">{settings.schedule}</code>],
    ['Time zone', settings.timeZone],
    ['Paused', yesOrNo(settings.paused)],
    ['Safety limit', settings.safetyLimit === 0 ? 'none' : `${settings.safetyLimit} people per cycle`],
    ['Default usage location', settings.defaultUsageLocation],
    ['License accounts that have an address', yesOrNo(settings.licenseAccountsWithAddress)],
    ['Reports come from', settings.reportSender || 'nobody'],
    ['Reports go to', settings.reportRecipients.join(', ') || 'nobody'],
  ];
}

function NextTimes({ times }: { times: number[] }) {
  return (
    <Panel title="Next cycles">
      {times.length === 0 ? (
        <p className="muted">None by itself: the schedule is paused. “Run now” still works.</p>
      ) : (
        <ul className={styles.times}>
          {times.map((at) => (
            <li key={at}>
              {utcText(at)}{' '}
              <span className="muted">
                <Time at={at} isPlan />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Mappings({ mappings }: { mappings: MappingItem[] }) {
  return (
    <Panel title="Mappings">
      <Facts
        facts={mappings.map(
          ({ employeeType, version, licences, usageLocation }): Fact => [
            `Type ${employeeType}`,
            <>
              {licences.map(({ name }) => name).join(', ')}
              <span className={stack.minor}>
                {' '}
                version {version}
                {usageLocation && `, usage location ${usageLocation}`}
              </span>
            </>,
          ],
        )}
      />
    </Panel>
  );
}

function Environment({ environment }: { environment: SettingsDetail['environment'] }) {
  return (
    <Panel title="Set by the environment">
      <Facts
        facts={[
          ['Tenant', environment.tenantMode === 'demo' ? 'demo tenant' : 'Microsoft 365'],
          ['Drop folder', <code key="folder">{environment.dropFolder}</code>],
          ['Mail through', environment.mailTransport === 'graph' ? 'Microsoft Graph' : 'SMTP'],
        ]}
      />
    </Panel>
  );
}

export default async function SettingsPage() {
  const operator = await requireOperator('settings:read', '/settings');
  const { settings, nextTimes, environment } = readSettings(operator);
  const mayChange = can(operator.role, 'settings:write');
  return (
    <>
      <PageHeader
        title="Settings"
        lead={mayChange ? undefined : `Only the role ${weakestRole('settings:write')} can change them.`}
      />
      <div className={`${stack.parts} ${stack.beside}`}>
        <Panel title="How cycles run">
          {mayChange ? <SettingsForm settings={settings} /> : <Facts facts={factsOf(settings)} />}
        </Panel>
        <div className={stack.parts}>
          <NextTimes times={nextTimes} />
          <Mappings mappings={listMappings(operator)} />
          <Environment environment={environment} />
        </div>
      </div>
    </>
  );
}
