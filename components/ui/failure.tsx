'use client';

import { Button } from '#components/controls/button.tsx';

/** What Next hands to an error page; `retry` asks the server again. The digest stands in the server log beside the whole story. */
export interface FailureInput {
  error: Error & { digest?: string };
  retry: () => void;
}

/** What a page says that could not be made. */
export function Failure({ error, retry }: FailureInput) {
  return (
    <>
      <p>Nothing was changed, and the engine goes on by itself. Try again in a moment.</p>
      {error.digest && (
        <p className="muted">
          If it stays, tell whoever runs the server this id: <code>{error.digest}</code>
        </p>
      )}
      <div>
        <Button onClick={retry}>Try again</Button>
      </div>
    </>
  );
}
