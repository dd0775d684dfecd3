'use client';

import { Button } from '@fluentui/react-components';
import { Nothing } from '#components/panel.tsx';

/** A page that could not be made. The digest stands in the server log beside the whole story. */
export default function ConsoleError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Nothing title="This page could not be shown.">
      <p>Nothing was changed, and the engine goes on by itself. Try again in a moment.</p>
      {error.digest && (
        <p className="muted">
          If it stays, tell whoever runs the server this id: <code>{error.digest}</code>
        </p>
      )}
      <Button onClick={reset}>Try again</Button>
    </Nothing>
  );
}
