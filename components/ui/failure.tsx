'use client';

import { Button } from '#components/controls/button.tsx';

/** What Next hands to an error page; `retry` asks the server again. The digest is in the server log beside the full error. */
export interface FailureInput {
  error: Error & { digest?: string };
  retry: () => void;
}

/** What a page shows that failed to render. */
export function Failure({ error, retry }: FailureInput) {
  return (
    <>
      <p>Nothing was changed, and the engine keeps running. Try again in a moment.</p>
      {error.digest && (
        <p className="muted">
          If it happens again, give this id to whoever runs the server: <code>{error.digest}</code>
        </p>
      )}
      <div>
        <Button onClick={retry}>Try again</Button>
      </div>
    </>
  );
}
