import type { ReactNode } from 'react';
import { Shell } from '#components/layout/shell.tsx';
import { Live } from '#components/live/live.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Clock, Time } from '#components/ui/time.tsx';
import { currentSession, isDemoTenant } from '#lib/auth/operator.ts';
import { readLiveUpdate } from '#lib/services/live/live-updates.ts';

/** The frame of the console. It protects nothing: a layout is not rendered again for every page, so each page checks for itself. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { visitor, endsUnconfirmedAt } = await currentSession();
  // The page redirects this visitor to the sign-in, with the way back.
  if (visitor.kind !== 'operator') return children;
  const { operator } = visitor;
  return (
    <Clock now={Date.now()}>
      <Shell operator={operator} isDemo={isDemoTenant()}>
        {endsUnconfirmedAt !== null && (
          <Callout tone="warn" label="Your session">
            Microsoft does not answer, so your role could not be confirmed. Unless it can be by then, your session ends{' '}
            <Time at={endsUnconfirmedAt} />.
          </Callout>
        )}
        {children}
      </Shell>
      <Live version={readLiveUpdate(operator).version} />
    </Clock>
  );
}
