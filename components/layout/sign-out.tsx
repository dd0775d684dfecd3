'use client';

import { Button } from '#components/controls/button.tsx';

export function SignOut() {
  const leave = async () => {
    // Fetched with the click: no page is the heavier for it.
    const { signOut } = await import('next-auth/react');
    await signOut({ redirect: false });
    window.location.assign('/sign-in');
  };
  return (
    <Button size="small" onClick={leave}>
      Sign out
    </Button>
  );
}
