'use client';

import { type FormEvent, useState } from 'react';
/** What the form of Settings knows: what was saved, what is in its fields, what was refused. */
import { useRefresh } from '#components/live/use-refresh.ts';
import { postJson } from '#components/ui/post.ts';
import { useWords } from '#components/words/use-words.ts';
import type { Settings, SettingsDetail } from '#lib/services/settings/settings.ts';
import type { Form } from './field-parts.tsx';
import styles from './settings.module.css';
import { carriedOver, changedNames, changeOf, problemsOf, toDraft, valueText, withTheirs } from './settings-draft.ts';

/** Why nothing was saved, by setting. */
interface Refusal {
  problems: Map<string, string>;
  /** What somebody else saved meanwhile is in force now, and is in `saved`. */
  isOvertaken: boolean;
}

const NO_REFUSAL: Refusal = { problems: new Map(), isOvertaken: false };

/** What is in force now; null where the server does not answer. */
async function askSettings(): Promise<Settings | null> {
  try {
    const response = await fetch('/api/settings', { cache: 'no-store' });
    return response.ok ? ((await response.json()) as SettingsDetail).settings : null;
  } catch {
    return null;
  }
}

/** The saved settings and the form over them. Somebody else saved: an untouched form follows; one with changes learns of it when it saves. */
function useDraft(inForce: Settings) {
  const [saved, setSaved] = useState(inForce);
  const [draft, setDraft] = useState(() => toDraft(inForce));
  const [seen, setSeen] = useState(inForce);
  const changed = changedNames(saved, draft);
  const start = (settings: Settings) => {
    setSaved(settings);
    setDraft(toDraft(settings));
  };
  if (JSON.stringify(seen) !== JSON.stringify(inForce)) {
    setSeen(inForce);
    if (changed.length === 0) start(inForce);
  }
  const carryOver = (newer: Settings) => {
    setSaved(newer);
    setDraft(carriedOver(saved, draft, newer));
  };
  return { saved, draft, setDraft, changed, start, carryOver };
}

function Overtaken({ problem, now, takeTheirs }: { problem: string; now: string; takeTheirs: () => void }) {
  const say = useWords('settingsForm');
  return say.parts('overtaken', {
    problem,
    now,
    take: (inside) => (
      <button type="button" className={styles.take} onClick={takeTheirs}>
        {inside}
      </button>
    ),
  });
}

function useSaving({ saved, draft, changed, start, carryOver }: ReturnType<typeof useDraft>) {
  const say = useWords('settingsForm');
  const refresh = useRefresh();
  const [refusal, setRefusal] = useState(NO_REFUSAL);
  const [feedback, setFeedback] = useState('');
  const [isBusy, setBusy] = useState(false);
  const refuse = async (message: string, isOvertaken: boolean) => {
    const newer = isOvertaken ? await askSettings() : null;
    setRefusal({ problems: problemsOf(say, message), isOvertaken: newer !== null });
    setFeedback(say('notSaved'));
    if (newer) carryOver(newer);
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy || changed.length === 0) return;
    setBusy(true);
    const answer = await postJson<SettingsDetail>('/api/settings', changeOf(saved, draft));
    if (answer.ok) {
      start(answer.data.settings);
      setRefusal(NO_REFUSAL);
      setFeedback(say('saved'));
      refresh();
    } else await refuse(answer.message, answer.code === 'conflict');
    setBusy(false);
  };
  return { refusal, setRefusal, feedback, setFeedback, isBusy, save };
}

/** The state of the form. `isLocked`: for those who may read and not change. */
export function useSettingsForm(inForce: Settings, isLocked: boolean) {
  const say = useWords('settingsForm');
  const drafting = useDraft(inForce);
  const { saved, draft, setDraft, changed, start } = drafting;
  const { refusal, setRefusal, feedback, setFeedback, isBusy, save } = useSaving(drafting);
  const settle = (name: keyof Settings) => {
    setDraft(withTheirs(saved, draft, name));
    setRefusal({ ...refusal, problems: new Map([...refusal.problems].filter(([one]) => one !== name)) });
  };
  const form: Form = {
    draft,
    isLocked,
    set: (change) => {
      setDraft({ ...draft, ...change });
      setFeedback('');
    },
    problemAt: (name) => {
      const problem = refusal.problems.get(name);
      if (!problem || !refusal.isOvertaken) return problem;
      return <Overtaken problem={problem} now={valueText(say, saved[name])} takeTheirs={() => settle(name)} />;
    },
  };
  const discard = () => {
    start(saved);
    setRefusal(NO_REFUSAL);
    setFeedback('');
  };
  return { form, changed, problems: refusal.problems, feedback, isBusy, save, discard };
}
