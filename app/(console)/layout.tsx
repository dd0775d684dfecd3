import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Shell } from '#components/layout/shell.tsx';
import { Live } from '#components/live/live.tsx';
import { PREFERENCES_COOKIE, readPreferences } from '#components/preferences/preferences.ts';
import { Callout } from '#components/ui/callout.tsx';
import { Clock, Time } from '#components/ui/time.tsx';
import { words } from '#components/words/words.ts';
import { currentSession, isDemoTenant } from '#lib/auth/operator.ts';
import { readLiveUpdate } from '#lib/services/live/live-updates.ts';
import { organisationZone } from '#lib/services/settings/settings.ts';
import styles from './layout.module.css';

/** The frame of the console. It protects nothing: a layout is not rendered again for every page, so each page checks for itself. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { visitor, endsUnconfirmedAt } = await currentSession();
  // The page redirects this visitor to the sign-in, with the way back.
  if (visitor.kind !== 'operator') return children;
  const { operator } = visitor;
  const { zone, clock, times } = readPreferences((await cookies()).get(PREFERENCES_COOKIE)?.value);
  const say = await words('frame');
  const { version, unstored } = readLiveUpdate(operator);
  return (
    <Clock
      now={Date.now()}
      style={{
        zone: zone === 'browser' ? null : zone === 'utc' ? 'UTC' : organisationZone(operator),
        isHour12: clock === 'h12',
        isAbsolute: times === 'absolute',
      }}
    >
      <Shell operator={operator} isDemo={isDemoTenant()}>
        <div className={styles.notices}>
          {unstored !== null && (
            <Callout tone="bad" label={say('unstored')}>
              {say(`unstored.${unstored}`)}
            </Callout>
          )}
          {endsUnconfirmedAt !== null && (
            <Callout tone="warn" label={say('session')}>
              {say.parts('sessionUnconfirmed', { when: () => <Time at={endsUnconfirmedAt} /> })}
            </Callout>
          )}
        </div>
        {children}
      </Shell>
      <Live version={version} />
    </Clock>
  );
}
