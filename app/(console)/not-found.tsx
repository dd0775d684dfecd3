import { PageHeader } from '#components/layout/page-header.tsx';
import { Link } from '#components/ui/link.tsx';
import styles from '#components/ui/stack.module.css';

/** For an item that does not exist. */
export default function NotFound() {
  return (
    <>
      <PageHeader help="trouble" title="Page not found" />
      <div className={styles.stack}>
        <p>The address may be mistyped. Nobody is ever deleted: look for them under People.</p>
        <p>
          <Link href="/people">Go to People</Link>
        </p>
      </div>
    </>
  );
}
