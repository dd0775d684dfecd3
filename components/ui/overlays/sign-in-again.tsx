'use client';

import { useSyncExternalStore } from 'react';
import { sessionEnd } from '#components/ui/post.ts';
import { useWords } from '#components/words/use-words.ts';

/** Once the session has ended: to the sign-in in a tab of its own, so that what was typed stays. */
export function SignInAgain() {
  const say = useWords('requests');
  const isEnded = useSyncExternalStore(sessionEnd.subscribe, sessionEnd.isEnded, () => false);
  return (
    isEnded && (
      <p>
        {say.parts('typedStays', {
          link: (inside) => (
            <a href="/sign-in" target="_blank" rel="noopener">
              {inside}
            </a>
          ),
        })}
      </p>
    )
  );
}
