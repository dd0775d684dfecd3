import { address } from '#components/text/address.ts';
import { Link } from '#components/ui/link.tsx';
import { Time } from '#components/ui/time.tsx';
import type { MappingNews } from '#lib/services/mappings/mapping-news.ts';
import styles from './mapping-news-note.module.css';

/** Stands on the page that one lands on after changing a mapping: what was done, and what happens next. */
export function MappingNewsNote({ news: { message, next, employeeType, at } }: { news: MappingNews }) {
  return (
    <section className={styles.note} aria-label="What was done">
      <p>
        <strong>{message}</strong>{' '}
        <span className="muted">
          <Time at={at} />
        </span>
      </p>
      <p>{next}</p>
      <p className={styles.ways}>
        <Link href={address('/people', { type: employeeType })}>People of EmployeeType {employeeType}</Link>
        <Link href={address('/mappings/history', { type: employeeType })}>Versions of the mapping</Link>
      </p>
    </section>
  );
}
