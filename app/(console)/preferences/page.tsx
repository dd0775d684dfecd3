import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { PageHeader } from '#components/layout/page-header.tsx';
import { PREFERENCES_COOKIE, readPreferences } from '#components/preferences/preferences.ts';
import { words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { offeredLanguages } from '#lib/words/offered.ts';
import { PreferencesForm } from './preferences-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('preferences'))('title') };
}

export default async function PreferencesPage() {
  await requireOperator('sessions:own', '/preferences');
  const first = readPreferences((await cookies()).get(PREFERENCES_COOKIE)?.value);
  const say = await words('preferences');
  return (
    <>
      <PageHeader help="preferences" title={say('title')} lead={say('lead')} />
      <PreferencesForm first={first} languages={offeredLanguages()} />
    </>
  );
}
