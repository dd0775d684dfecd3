import type { Metadata } from 'next';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Link } from '#components/ui/link.tsx';
import styles from '#components/ui/stack.module.css';
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
      <div className={styles.stack}>
        <p>{say('mistyped')}</p>
        <p>
          <Link href="/people">{say('toPeople')}</Link>
        </p>
      </div>
    </>
  );
}
