'use client';

import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import styles from './sign-in-choices.module.css';

const ROLES = [
  { role: 'Viewer', may: 'sees everything, changes nothing' },
  { role: 'Operator', may: 'retries, approves, dismisses, uploads, starts runs' },
  { role: 'Admin', may: 'also changes the settings' },
] as const;

const FAILED = 'The sign-in did not work. Please try again.';

export function DemoChoice({ returnTo }: { returnTo: string }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [problem, setProblem] = useState('');
  const choose = async (role: string) => {
    setChosen(role);
    const answer = await signIn('credentials', { role, redirect: false, callbackUrl: returnTo }).catch(() => undefined);
    if (answer?.ok) return window.location.assign(returnTo);
    setProblem(FAILED);
    setChosen(null);
  };
  return (
    <>
      <ul className={styles.choices}>
        {ROLES.map(({ role, may }) => (
          <li key={role}>
            <button type="button" onClick={() => choose(role)} disabled={chosen !== null}>
              <strong>Demo {role}</strong>
              <span>{chosen === role ? 'Signing in…' : may}</span>
            </button>
          </li>
        ))}
      </ul>
      <p role="alert">{problem}</p>
    </>
  );
}

export function MicrosoftButton({ returnTo }: { returnTo: string }) {
  const [isLeaving, setLeaving] = useState(false);
  const leave = () => {
    setLeaving(true);
    void signIn('azure-ad', { callbackUrl: returnTo }).catch(() => setLeaving(false));
  };
  return (
    <Button appearance="primary" size="large" onClick={leave} disabledFocusable={isLeaving}>
      Sign in with Microsoft
    </Button>
  );
}
