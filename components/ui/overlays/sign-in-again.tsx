'use client';

import { type ReactNode, useSyncExternalStore } from 'react';
import { sessionEnd } from '#components/ui/post.ts';
import { useWords } from '#components/words/use-words.ts';

/** Once the session has ended: to the sign-in in a tab of its own, so that what was typed stays. `children` stand before the link. */
export function SignInAgain({ children }: { children?: ReactNode }) {
  const say = useWords('requests');
  const isEnded = useSyncExternalStore(sessionEnd.subscribe, sessionEnd.isEnded, () => false);
  return (
    isEnded && (
      <p>
        {children}
        <a href="/sign-in" target="_blank" rel="noopener">
          {say('signInAgain')}
        </a>
      </p>
    )
  );
}
