'use client';

import { Button } from '@fluentui/react-components';
import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { countText } from '#components/count-text.ts';
import { GuardedButton } from '#components/guarded-button.tsx';
import { Panel } from '#components/panel.tsx';
import { postJson } from '#components/post.ts';
import stack from '#components/stack.module.css';
import type { Settings, SettingsDetail } from '#lib/services/settings.ts';
import type { Form } from './field-parts.tsx';
import { SchedulePreview } from './schedule-preview.tsx';
import {
  EnvironmentSection,
  FolderSection,
  LimitsSection,
  ReportsSection,
  RetentionSection,
  WaitingSection,
} from './section-fields.tsx';
import { ScheduleSection } from './section-schedule.tsx';
import { SECTION_WORDS, type Section } from './sections.ts';
import styles from './settings.module.css';
import { carriedOver, changedNames, changeOf, problemsOf, toDraft, valueText, withTheirs } from './settings-draft.ts';

function Fields({ section, form, detail }: { section: Section; form: Form; detail: SettingsDetail }) {
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
    case 'environment':
      return <EnvironmentSection detail={detail} />;
  }
}

/** What is in force now; null where the server does not answer. */
async function askSettings(): Promise<Settings | null> {
  try {
    const response = await fetch('/api/settings', { cache: 'no-store' });
    return response.ok ? ((await response.json()) as SettingsDetail).settings : null;
  } catch {
    return null;
  }
}

/** A page that is left with unsaved changes asks first. */
function useAskBeforeLeaving(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isDirty]);
}

function useSettingsForm(detail: SettingsDetail, isLocked: boolean) {
  const router = useRouter();
  const [saved, setSaved] = useState(detail.settings);
  const [draft, setDraft] = useState(() => toDraft(detail.settings));
  const [seen, setSeen] = useState(detail.settings);
  const [problems, setProblems] = useState<Map<string, string>>(new Map());
  const [overtaken, setOvertaken] = useState<readonly string[]>([]);
  const [said, setSaid] = useState('');
  const [isBusy, setBusy] = useState(false);
  const changed = changedNames(saved, draft);

  const start = (settings: Settings) => {
    setSaved(settings);
    setDraft(toDraft(settings));
    setProblems(new Map());
    setOvertaken([]);
  };
  // Somebody else saved: an untouched form follows; one with changes is told when it saves.
  if (JSON.stringify(seen) !== JSON.stringify(detail.settings)) {
    setSeen(detail.settings);
    if (changed.length === 0) start(detail.settings);
  }
  const refuse = async (message: string) => {
    const told = problemsOf(message);
    const newer = message.includes('Nothing was saved') ? await askSettings() : null;
    setProblems(told);
    setOvertaken(newer ? [...told.keys()] : []);
    setSaid('Nothing was saved: please look at what is marked.');
    if (!newer) return;
    setSaved(newer);
    setDraft(carriedOver(saved, draft, newer));
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy || isLocked) return;
    if (changed.length === 0) return setSaid('Nothing was changed.');
    setBusy(true);
    const answer = await postJson<SettingsDetail>('/api/settings', changeOf(saved, draft));
    if (answer.ok) {
      start(answer.data.settings);
      setSaid('Saved. The next cycle uses it.');
      router.refresh();
    } else await refuse(answer.message);
    setBusy(false);
  };
  const takeTheirs = (name: keyof Settings) => {
    setDraft(withTheirs(saved, draft, name));
    setOvertaken(overtaken.filter((one) => one !== name));
    setProblems(new Map([...problems].filter(([one]) => one !== name)));
  };
  const form: Form = {
    draft,
    isLocked,
    set: (change) => {
      setDraft({ ...draft, ...change });
      setSaid('');
    },
    problemAt: (name) => {
      const problem = problems.get(name);
      if (!problem || !overtaken.includes(name)) return problem;
      return (
        <>
          {problem} It is now: {valueText(saved[name])}. Save again to put yours in its place, or{' '}
          <button type="button" className={styles.take} onClick={() => takeTheirs(name)}>
            take theirs
          </button>
          .
        </>
      );
    },
  };
  const discard = () => {
    start(saved);
    setSaid('');
  };
  return { form, saved, changed, problems, said, isBusy, save, discard };
}

/** One form over all sections: what is changed in one stays while another is looked at, and is saved together. `aside` stands beside the fields. */
export function SettingsForm(props: {
  detail: SettingsDetail;
  section: Section;
  whyNot: string | null;
  aside: ReactNode;
}) {
  const { detail, section, whyNot } = props;
  const { form, changed, problems, said, isBusy, save, discard } = useSettingsForm(detail, whyNot !== null);
  useAskBeforeLeaving(changed.length > 0);
  const plan = changed.some((name) => ['schedule', 'timeZone', 'paused', 'maintenance'].includes(name));
  const elsewhere = [...problems].filter(([name]) => !(name in detail.settings));
  return (
    <form onSubmit={save} noValidate>
      <div className={`${stack.parts} ${stack.beside}`}>
        <Panel title={SECTION_WORDS[section]}>
          <div className={`${styles.form} ${form.isLocked ? styles.locked : ''}`}>
            <Fields section={section} form={form} detail={detail} />
            {elsewhere.map(([name, problem]) => (
              <p key={name} role="alert" className={styles.problem}>
                {problem}
              </p>
            ))}
          </div>
        </Panel>
        <div className={stack.parts}>
          {section === 'schedule' && <SchedulePreview first={detail.plan} draft={form.draft} isChanged={plan} />}
          {props.aside}
        </div>
      </div>
      <div className={changed.length > 0 ? `${styles.save} ${styles.saveOpen}` : styles.save}>
        <GuardedButton
          whyNot={whyNot}
          type="submit"
          appearance="primary"
          disabledFocusable={isBusy || changed.length === 0}
        >
          Save
        </GuardedButton>
        {changed.length > 0 && <Button onClick={discard}>Discard</Button>}
        <p role="status">
          {said ||
            (changed.length > 0 &&
              `${countText(changed.length, 'change', 'changes')} not saved yet: ${changed.map((name) => detail.names[name]).join(', ')}.`)}
        </p>
      </div>
    </form>
  );
}
