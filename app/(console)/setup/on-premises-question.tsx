'use client';

import { useId, useState } from 'react';
import { Radio } from '#components/controls/choice.tsx';
import { useRefresh } from '#components/live/use-refresh.ts';
import { postJson } from '#components/ui/post.ts';
import { useWords } from '#components/words/use-words.ts';
import styles from './setup.module.css';

/** Whether accounts that already have an address are licensed; an answer is saved at once. */
export function OnPremisesQuestion({ licensesAccounts }: { licensesAccounts: boolean }) {
  const say = useWords('onPremises');
  const refresh = useRefresh();
  const name = useId();
  const [chosen, setChosen] = useState(licensesAccounts);
  const [isBusy, setBusy] = useState(false);
  const [feedback, setFeedback] = useState('');
  const save = async (licenseAccountsWithAddress: boolean) => {
    setBusy(true);
    setChosen(licenseAccountsWithAddress);
    const before = { licenseAccountsWithAddress: licensesAccounts };
    const answer = await postJson('/api/settings', { licenseAccountsWithAddress, before });
    setFeedback(answer.ok ? say('saved') : answer.message);
    if (!answer.ok) setChosen(licensesAccounts);
    setBusy(false);
    refresh();
  };
  const answer = (label: string, value: boolean) => (
    <Radio name={name} label={label} checked={chosen === value} disabled={isBusy} onChange={() => save(value)} />
  );
  return (
    <fieldset className={styles.question}>
      <legend>{say('question')}</legend>
      {answer(say('no'), true)}
      {answer(say('yes'), false)}
      <p role="status" className="muted">
        {feedback}
      </p>
    </fieldset>
  );
}
