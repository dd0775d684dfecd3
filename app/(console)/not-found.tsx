import type { Metadata } from 'next';
import { PageHeader } from '#components/layout/page-header.tsx';
import { ButtonLink } from '#components/ui/link.tsx';
import { Nothing } from '#components/ui/panel.tsx';
import { words } from '#components/words/words.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('frame'))('notFound') };
}

/** For an item that does not exist. */
export default async function NotFound() {
  const say = await words('frame');
  return (
    <>
      <PageHeader help="trouble" title={say('notFound')} />
      <Nothing
        what="matches"
        title={say('nothingHere')}
        why={say('mistyped')}
        action={<ButtonLink href="/people">{say('toPeople')}</ButtonLink>}
      />
    </>
  );
}
