'use client';

import { Button } from '@fluentui/react-components';
import { signOut } from 'next-auth/react';

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
