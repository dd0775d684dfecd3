import { address } from '#components/text/address.ts';
import { Callout } from '#components/ui/callout.tsx';
import { Link } from '#components/ui/link.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { MappingNews } from '#lib/services/mappings/mapping-news.ts';

/** Shown after a mapping was changed: what was done, and what happens next. */
export function MappingNewsNote({ news: { message, next, employeeType, at } }: { news: MappingNews }) {
  const say = useWords('people');
  return (
    <Callout tone="good" label={say('whatWasDone')}>
      <p>
        <strong>{message}</strong>{' '}
        <span className="muted">
          <Time at={at} />
        </span>
      </p>
      <p>{next}</p>
      <p className={stack.row}>
        <Link href={address('/people', { type: employeeType })}>{say('ofType', { type: employeeType })}</Link>
        <Link href={address('/mappings/history', { type: employeeType })}>{say('versions')}</Link>
      </p>
    </Callout>
  );
}
