import { Link } from '#components/ui/link.tsx';
import { useWords } from '#components/words/use-words.ts';
import styles from './pager.module.css';

/** How many there are, and the way to the other pages. */
export function Pager(props: {
  page: number;
  pageCount: number;
  total: number;
  /** False: there are at least so many. */
  isExact?: boolean;
  /** What is counted. */
  of: 'people' | 'peopleAgain' | 'rows' | 'files' | 'runs' | 'mails';
  /** Where a page has more than one pager. */
  named?: 'pages' | 'attempts';
  hrefOf: (page: number) => string;
}) {
  const say = useWords('pager');
  const { page, pageCount, hrefOf } = props;
  const exactly = say(props.of, { n: props.total });
  const count = props.isExact === false ? say('atLeast', { count: exactly }) : exactly;
  const [previous, next] = [say('previous'), say('next')];
  return (
    <nav className={styles.pager} aria-label={say(props.named ?? 'pages')}>
      <p className="muted number">{pageCount > 1 ? say('pageOf', { count, page, pages: pageCount }) : count}</p>
      {pageCount > 1 && (
        <>
          {page > 1 ? <Link href={hrefOf(page - 1)}>{previous}</Link> : <span className="muted">{previous}</span>}
          {page < pageCount ? <Link href={hrefOf(page + 1)}>{next}</Link> : <span className="muted">{next}</span>}
        </>
      )}
    </nav>
  );
}
