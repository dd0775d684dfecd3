import { type ReactNode, use } from 'react';
import { Palette } from '#components/layout/palette/palette.tsx';
import { Toaster } from '#components/people/actions/toasts.tsx';
import { Link } from '#components/ui/link.tsx';
import { UploadDesk } from '#components/upload/upload-desk.tsx';
import { useWords } from '#components/words/use-words.ts';
import { requestLanguage } from '#components/words/words.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { whyNot } from '#lib/services/http/errors.ts';
import { InAppLinks } from './in-app-links.tsx';
import { Logo } from './logo.tsx';
import { Navigation } from './navigation.tsx';
import styles from './shell.module.css';
import { SignOut } from './sign-out.tsx';
import { UnsavedChanges } from './unsaved-changes.tsx';

/** The frame of every console page: product, menu, who is signed in, and the skip link. */
export function Shell({ operator, isDemo, children }: { operator: Operator; isDemo: boolean; children: ReactNode }) {
  const say = useWords('frame');
  const sayPage = useWords('navigation');
  return (
    <Toaster>
      <UnsavedChanges question={sayPage('leave')} />
      <InAppLinks />
      <a href="#content" className={styles.skip}>
        {say('skip')}
      </a>
      {isDemo && (
        <p className={styles.demo} role="note">
          {say('demo')}
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
              <span className={styles.role}>{operator.role}</span>
              <Link href="/preferences">{sayPage('preferences')}</Link>
              <SignOut text={say('signOut')} />
            </div>
          </Navigation>
        </header>
        <main id="content" tabIndex={-1} className={styles.content}>
          <UploadDesk whyNot={whyNot(operator.role, 'files:upload', use(requestLanguage()))}>{children}</UploadDesk>
        </main>
      </div>
    </Toaster>
  );
}
