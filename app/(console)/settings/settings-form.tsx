'use client';

import type { ReactNode } from 'react';
import { Button } from '#components/controls/button.tsx';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import type { Section } from '#components/setup/settings-sections.ts';
import { Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { SettingsDetail } from '#lib/services/settings/settings.ts';
import type { Form } from './field-parts.tsx';
import { SchedulePreview } from './schedule-preview.tsx';
import {
  EnvironmentSection,
  FolderSection,
  LimitsSection,
  ReportsSection,
  RetentionSection,
  SessionsSection,
  WaitingSection,
} from './section-fields.tsx';
import { ScheduleSection } from './section-schedule.tsx';
import styles from './settings.module.css';
import { useSettingsForm } from './use-settings-form.tsx';

/** The fields of a section. */
export function Fields({ section, form, detail }: { section: Section; form: Form; detail: SettingsDetail }) {
  switch (section) {
    case 'schedule':
      return <ScheduleSection form={form} detail={detail} />;
    case 'folder':
      return <FolderSection form={form} detail={detail} />;
    case 'limits':
      return <LimitsSection form={form} />;
    case 'waiting':
      return <WaitingSection form={form} />;
    case 'retention':
      return <RetentionSection form={form} />;
    case 'reports':
      return <ReportsSection form={form} detail={detail} />;
    case 'sessions':
      return <SessionsSection form={form} />;
    case 'environment':
      return <EnvironmentSection detail={detail} />;
  }
}

/** One form over all sections: changes in one stay while another is open, and are saved together. `aside` stands beside the fields. */
export function SettingsForm(props: {
  detail: SettingsDetail;
  section: Section;
  whyNot: string | null;
  aside: ReactNode;
}) {
  const say = useWords('settingsForm');
  const sayName = useWords('settingNames');
  const saySection = useWords('navigation');
  const { detail, section, whyNot } = props;
  const { form, changed, problems, feedback, isBusy, save, discard } = useSettingsForm(
    detail.settings,
    whyNot !== null,
  );
  const plan = changed.some((name) => ['schedule', 'timeZone', 'paused', 'maintenance'].includes(name));
  const elsewhere = [...problems].filter(([name]) => !(name in detail.settings));
  return (
    <form onSubmit={save} noValidate data-unsaved={changed.length > 0}>
      <div className={stack.columns}>
        <div className={stack.parts}>
          <Panel title={saySection(`section.${section}`)}>
            <div className={`${styles.form} ${form.isLocked ? styles.locked : ''}`}>
              <Fields section={section} form={form} detail={detail} />
              {elsewhere.map(([name, problem]) => (
                <p key={name} role="alert" className={styles.problem}>
                  {problem}
                </p>
              ))}
            </div>
          </Panel>
          {(section !== 'environment' || changed.length > 0) && (
            <div className={changed.length > 0 ? `${styles.save} ${styles.saveOpen}` : styles.save}>
              <GuardedButton
                whyNot={whyNot}
                type="submit"
                appearance="primary"
                disabledFocusable={isBusy || changed.length === 0}
              >
                {say('save')}
              </GuardedButton>
              {changed.length > 0 && <Button onClick={discard}>{say('discard')}</Button>}
              <p role="status">
                {feedback ||
                  (changed.length > 0 &&
                    say('unsaved', { n: changed.length, names: changed.map((name) => sayName(name)).join(', ') }))}
              </p>
            </div>
          )}
        </div>
        <div className={stack.parts}>
          {section === 'schedule' && <SchedulePreview first={detail.plan} draft={form.draft} isChanged={plan} />}
          {props.aside}
        </div>
      </div>
    </form>
  );
}
