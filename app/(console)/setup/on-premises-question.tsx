'use client';

import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { Radio } from '#components/controls/choice.tsx';
import { postJson } from '#components/ui/post.ts';
import styles from './setup.module.css';

/** Whether accounts that already have an address are licensed; an answer is saved at once. */
export function OnPremisesQuestion({ licensesAccounts }: { licensesAccounts: boolean }) {
  const router = useRouter();
  const name = useId();
  const [chosen, setChosen] = useState(licensesAccounts);
  const [isBusy, setBusy] = useState(false);
  const [feedback, setFeedback] = useState('');
  const save = async (licenseAccountsWithAddress: boolean) => {
    setBusy(true);
    setChosen(licenseAccountsWithAddress);
    const before = { licenseAccountsWithAddress: licensesAccounts };
    const answer = await postJson('/api/settings', { licenseAccountsWithAddress, before });
    setFeedback(answer.ok ? 'Saved.' : answer.message);
    if (!answer.ok) setChosen(licensesAccounts);
    setBusy(false);
    router.refresh();
  };
  const answer = (label: string, value: boolean) => (
    <Radio name={name} label={label} checked={chosen === value} disabled={isBusy} onChange={() => save(value)} />
  );
  return (
    <fieldset className={styles.question}>
      <legend>Do some newcomers still get a mailbox on-premises?</legend>
      {answer('No: license accounts that already have an address, as hybrid newcomers do', true)}
      {answer('Yes: accounts that already have an address need somebody who says “License anyway”', false)}
      <p role="status" className="muted">
        {feedback}
      </p>
    </fieldset>
  );
}
