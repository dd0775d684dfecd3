import type { ReactNode } from 'react';
import { Shell } from '#components/layout/shell.tsx';
import { Live } from '#components/live/live.tsx';
import { Clock } from '#components/ui/time.tsx';
import { currentVisitor, isDemoTenant } from '#lib/auth/operator.ts';
import { readLiveUpdate } from '#lib/services/live/live-updates.ts';

/** The frame of the console. It protects nothing: a layout is not rendered again for every page, so each page checks for itself. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const visitor = await currentVisitor();
  // The page redirects this visitor to the sign-in, with the way back.
  if (visitor.kind !== 'operator') return children;
  const { operator } = visitor;
  return (
    <Clock now={Date.now()}>
      <Shell operator={operator} isDemo={isDemoTenant()}>
        {children}
      </Shell>
      <Live version={readLiveUpdate(operator).version} />
    </Clock>
  );
}
