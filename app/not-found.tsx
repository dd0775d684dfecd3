import type { Metadata } from 'next';
import { CentredLayout } from '#components/layout/centred-layout.tsx';
import { Link } from '#components/ui/link.tsx';
import { words } from '#components/words/words.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('signIn'))('notFound') };
}

/** For an address that leads nowhere. */
export default async function NotFound() {
  const say = await words('signIn');
  return (
    <CentredLayout title={say('notFound')}>
      <p>{say('addressIsWrong')}</p>
      <p>
        <Link href="/">{say('toOverview')}</Link>
      </p>
    </CentredLayout>
  );
}
