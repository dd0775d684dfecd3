'use client';

import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { useWords } from '#components/words/use-words.ts';
import { ROLES, type Role } from '#lib/auth/roles.ts';
import styles from './sign-in-choices.module.css';

export function DemoChoice({ returnTo }: { returnTo: string }) {
  const say = useWords('signIn');
  const [chosen, setChosen] = useState<string | null>(null);
  const [problem, setProblem] = useState('');
  const choose = async (role: Role) => {
    setChosen(role);
    const answer = await signIn('credentials', { role, redirect: false, callbackUrl: returnTo }).catch(() => undefined);
    if (answer?.ok) return window.location.assign(returnTo);
    setProblem(say('failed'));
    setChosen(null);
  };
  return (
    <>
      <ul className={styles.choices}>
        {ROLES.map((role) => (
          <li key={role}>
            <button type="button" onClick={() => choose(role)} disabled={chosen !== null}>
              <strong>{say('demoRole', { role })}</strong>
              <span>{say(chosen === role ? 'signingIn' : `may${role}`)}</span>
            </button>
          </li>
        ))}
      </ul>
      <p role="alert">{problem}</p>
    </>
  );
}

export function MicrosoftButton({ returnTo, text }: { returnTo: string; text: string }) {
  const [isLeaving, setLeaving] = useState(false);
  const leave = () => {
    setLeaving(true);
    void signIn('azure-ad', { callbackUrl: returnTo }).catch(() => setLeaving(false));
  };
  return (
    <Button appearance="primary" onClick={leave} disabledFocusable={isLeaving}>
      {text}
    </Button>
  );
}
