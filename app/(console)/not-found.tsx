import { Link } from '#components/link.tsx';
import { PageHeader } from '#components/page-header.tsx';
import styles from '#components/stack.module.css';

/** For an item that does not exist. */
export default function NotFound() {
  return (
    <>
      <PageHeader title="There is nothing here" />
      <div className={styles.stack}>
        <p>The address may be mistyped. Nobody is ever deleted: look for them under People.</p>
        <p>
          <Link href="/people">Go to People</Link>
        </p>
      </div>
    </>
  );
}
