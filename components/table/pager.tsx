import { countText } from '#components/text/count-text.ts';
import { Link } from '#components/ui/link.tsx';
import styles from './pager.module.css';

/** How many there are, and the way to the other pages. */
export function Pager(props: {
  page: number;
  pageCount: number;
  total: number;
  /** False: there are at least so many. */
  isExact?: boolean;
  one: string;
  many: string;
  /** Where a page has more than one pager. */
  label?: string;
  hrefOf: (page: number) => string;
}) {
  const { page, pageCount, hrefOf } = props;
  return (
    <nav className={styles.pager} aria-label={props.label ?? 'Pages'}>
      <p className="muted number">
        {props.isExact === false && 'At least '}
        {countText(props.total, props.one, props.many)}
        {pageCount > 1 && `, page ${page} of ${pageCount}`}
      </p>
      {pageCount > 1 && (
        <>
          {page > 1 ? <Link href={hrefOf(page - 1)}>Previous</Link> : <span className="muted">Previous</span>}
          {page < pageCount ? <Link href={hrefOf(page + 1)}>Next</Link> : <span className="muted">Next</span>}
        </>
      )}
    </nav>
  );
}
