'use client';

import { Button } from '#components/controls/button.tsx';
import { useWords } from '#components/words/use-words.ts';

/** What Next hands to an error page; `retry` asks the server again. The digest is in the server log beside the full error. */
export interface FailureInput {
  error: Error & { digest?: string };
  retry: () => void;
}

/** What a page shows that failed to render. */
export function Failure({ error, retry }: FailureInput) {
  const say = useWords('navigation');
  return (
    <>
      <p>{say('nothingChanged')}</p>
      {error.digest && <p className="muted">{say.parts('giveId', { id: () => <code>{error.digest}</code> })}</p>}
      <div>
        <Button onClick={retry}>{say('tryAgain')}</Button>
      </div>
    </>
  );
}
