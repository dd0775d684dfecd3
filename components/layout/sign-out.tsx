'use client';

import { Button } from '#components/controls/button.tsx';

export function SignOut({ text }: { text: string }) {
  const leave = async () => {
    // Loaded on click, so that no page grows by it.
    const { signOut } = await import('next-auth/react');
    await signOut({ redirect: false });
    window.location.assign('/sign-in');
  };
  return (
    <Button appearance="subtle" onClick={leave}>
      {text}
    </Button>
  );
}
