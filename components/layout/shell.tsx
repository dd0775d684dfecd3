import type { ReactNode } from 'react';
import { Link } from '#components/ui/link.tsx';
import { UploadDesk } from '#components/upload/upload-desk.tsx';
import type { Operator } from '#lib/auth/operator.ts';
import { whyNot } from '#lib/auth/roles.ts';
import { Logo } from './logo.tsx';
import { Navigation } from './navigation.tsx';
import { Palette } from './palette.tsx';
import styles from './shell.module.css';
import { SignOut } from './sign-out.tsx';
import { UnsavedChanges } from './unsaved-changes.tsx';

/** The frame of every console page: product, menu, who is signed in, and the skip link. */
export function Shell({ operator, isDemo, children }: { operator: Operator; isDemo: boolean; children: ReactNode }) {
  return (
    <>
      <UnsavedChanges />
      <a href="#content" className={styles.skip}>
        Skip to content
      </a>
      {isDemo && (
        <p className={styles.demo} role="note">
          This is a demo tenant: nothing here is real.
        </p>
      )}
      <div className={styles.frame}>
        <header className={styles.bar}>
          <Link href="/" className={styles.brand}>
            <Logo className={styles.mark} /> AutoProvision
          </Link>
          <Palette />
          <Navigation>
            <div className={styles.who}>
              <Link href="/sessions" className={styles.name}>
                {operator.name}
              </Link>
              {operator.role}
              <Link href="/preferences">Preferences</Link>
              <SignOut />
            </div>
          </Navigation>
        </header>
        <main id="content" tabIndex={-1} className={styles.content}>
          <UploadDesk whyNot={whyNot(operator.role, 'files:upload')}>{children}</UploadDesk>
        </main>
      </div>
    </>
  );
}
