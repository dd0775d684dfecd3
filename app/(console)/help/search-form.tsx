import { Button } from '#components/controls/button.tsx';
import { SearchBox } from '#components/controls/field.tsx';
import styles from './help.module.css';

/** Search in all guides: a plain form whose answer is a page with an address. */
export function SearchForm({ query }: { query: string }) {
  return (
    <search>
      <form action="/help" method="get" className={styles.search}>
        <SearchBox
          name="q"
          defaultValue={query}
          maxLength={200}
          aria-label="Search Help"
          placeholder="Search Help, for example: no free seat"
        />
        <Button type="submit">Search</Button>
      </form>
    </search>
  );
}
