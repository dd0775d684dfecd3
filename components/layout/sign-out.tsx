'use client';

import { signOut } from 'next-auth/react';
import { Button } from '#components/controls/button.tsx';

export function SignOut() {
  const leave = async () => {
    await signOut({ redirect: false });
    window.location.assign('/sign-in');
  };
  return (
    <Button size="small" onClick={leave}>
      Sign out
    </Button>
  );
}
