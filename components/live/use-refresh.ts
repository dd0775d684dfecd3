'use client';

import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { getJson } from '#components/ui/post.ts';

/** Nothing is half done: no dialog is open, and no form has changes. */
export function isSafeToLeave(): boolean {
  return !document.querySelector('dialog[open],[data-unsaved=true]');
}

/**
 * Reads the page anew from the server. Without a session that is the sign-in, and without an answer a page of the browser’s: where something is half
 * done it is asked first, so that what was typed stays, beside a link to sign in again.
 */
export function useRefresh(): () => void {
  const { refresh } = useRouter();
  return useCallback(() => {
    if (isSafeToLeave()) refresh();
    else void getJson('/api/live-updates').then(({ ok }) => ok && refresh());
  }, [refresh]);
}
