import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { PageHeader } from '#components/layout/page-header.tsx';
import { PREFERENCES_COOKIE, readPreferences } from '#components/preferences/preferences.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { PreferencesForm } from './preferences-form.tsx';

export const metadata: Metadata = { title: 'Preferences' };

export default async function PreferencesPage() {
  await requireOperator('sessions:own', '/preferences');
  const first = readPreferences((await cookies()).get(PREFERENCES_COOKIE)?.value);
  return (
    <>
      <PageHeader
        help="preferences"
        title="Preferences"
        lead="For this browser, at once; nobody else sees a difference."
      />
      <PreferencesForm first={first} />
    </>
  );
}
