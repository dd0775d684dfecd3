import type { Metadata } from 'next';
import { use } from 'react';
import type { PageInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { KeepFresh } from '#components/live/keep-fresh.tsx';
import { Findings } from '#components/setup/findings.tsx';
import { SECTIONS, type Section, sectionHref } from '#components/setup/settings-sections.ts';
import { TestSetup } from '#components/setup/test-setup.tsx';
import { Choices } from '#components/table/choices.tsx';
import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import { requestLanguage, words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { can, type Role, weakestRole } from '#lib/auth/roles.ts';
import { whyNot } from '#lib/services/http/errors.ts';
import { previewReport } from '#lib/services/mail/mails.ts';
import { readSettings } from '#lib/services/settings/settings.ts';
import { type CheckDetail, type CheckResult, readSetup } from '#lib/services/settings/setup.ts';
import { Preview } from './report-preview.tsx';
import styles from './settings.module.css';
import { SettingsForm } from './settings-form.tsx';
import { TestMail } from './test-mail.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('settings'))('title') };
}

/** Which checks of the guided set-up belong to a section. */
const TESTED_BY: Partial<Record<Section, readonly CheckResult['code'][]>> = {
  schedule: ['schedule', 'scheduler'],
  folder: ['drop_folder', 'read_folder', 'write_folder', 'processed_folder'],
  limits: ['safety_limit'],
  reports: ['addresses', 'mail_server', 'send_mail'],
  environment: ['sign_in', 'organisation', 'credential', 'web_sign_in', 'database', 'disk'],
};

/** The test of what a section sets, as it was saved last. */
function SectionTest({ section, role, check }: { section: Section; role: Role; check: CheckDetail | null }) {
  const say = useWords('settings');
  const codes = TESTED_BY[section];
  if (!codes) return null;
  const findings = (check?.steps ?? []).flatMap(({ results }) => results).filter(({ code }) => codes.includes(code));
  const isUnderWay = check !== null && check.finishedAt === null;
  return (
    <Panel title={say(section === 'folder' ? 'testOfFolder' : 'test')} aside={check && <Time at={check.requestedAt} />}>
      <div className={stack.stack}>
        {isUnderWay && <KeepFresh since={check.requestedAt} />}
        {findings.length === 0 ? (
          <p className="muted">{say(isUnderWay ? 'testing' : 'savedIsTested')}</p>
        ) : (
          <Findings results={findings} />
        )}
        {section === 'reports' && <TestMail whyNot={whyNot(role, 'settings:write', use(requestLanguage()))} />}
        <TestSetup
          label={say(section === 'folder' ? 'testFolder' : 'testNow')}
          whyNot={whyNot(role, 'setup:check', use(requestLanguage()))}
          isUnderWay={isUnderWay}
        />
      </div>
    </Panel>
  );
}

export default async function SettingsPage({ searchParams }: PageInput) {
  const operator = await requireOperator('settings:read', '/settings');
  const say = await words('settings');
  const sayNavigation = await words('navigation');
  const { section: wanted } = await searchParams;
  const section = SECTIONS.find((name) => name === wanted) ?? 'schedule';
  const locked = whyNot(operator.role, 'settings:write', await requestLanguage());
  const check = can(operator.role, 'setup:check') ? readSetup(operator, await requestLanguage()).check : null;
  return (
    <>
      <PageHeader
        help="settings"
        title={say('title')}
        lead={locked ? say('readOnly', { role: weakestRole('settings:write') }) : say('lead')}
        actions={<Link href="/setup">{say('guidedSetup')}</Link>}
      />
      <div className={styles.nav}>
        <Choices
          label={say('sections')}
          choices={SECTIONS.map((name) => ({
            label: sayNavigation(`section.${name}`),
            href: sectionHref(name),
            isChosen: name === section,
          }))}
        />
      </div>
      <div className={stack.parts}>
        <SettingsForm
          detail={readSettings(operator, await requestLanguage())}
          section={section}
          whyNot={locked}
          aside={<SectionTest section={section} role={operator.role} check={check} />}
        />
        {section === 'reports' && <Preview report={previewReport(operator)} />}
      </div>
      <datalist id="time-zones">
        {['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}
