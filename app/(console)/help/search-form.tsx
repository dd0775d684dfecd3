import { Button } from '#components/controls/button.tsx';
import { SearchBox } from '#components/controls/field.tsx';
import { useWords } from '#components/words/use-words.ts';
import styles from './help.module.css';

/** Search in all guides: a plain form whose answer is a page with an address. */
export function SearchForm({ query }: { query: string }) {
  const say = useWords('help');
  return (
    <search>
      <form action="/help" method="get" className={styles.search}>
        <SearchBox
          name="q"
          defaultValue={query}
          maxLength={200}
          aria-label={say('searchHelp')}
          placeholder={say('hint')}
        />
        <Button type="submit">{say('search')}</Button>
      </form>
    </search>
  );
}
