/** What was changed: on the account by us, and in our own records by people and files. */
import { Nothing } from '#components/ui/panel.tsx';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { PersonDetail } from '#lib/services/people/people.ts';
import styles from './person.module.css';

export function Changes({ person }: { person: PersonDetail }) {
  const say = useWords('person');
  const entries = person.timeline.filter(({ written, changes }) => written.length + changes.length > 0);
  if (entries.length === 0) return <Nothing title={say('nothingChanged')} why={say('neither')} action={null} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles.scroller} aria-label={say('changes')} tabIndex={0}>
      <table className={styles.changes}>
        <thead>
          <tr>
            <th scope="col">{say('when')}</th>
            <th scope="col">{say('what')}</th>
            <th scope="col">{say('valueBefore')}</th>
            <th scope="col">{say('valueAfter')}</th>
            <th scope="col">{say('whyOrWho')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.flatMap((entry) => [
            ...entry.written.map(({ what, from, to, why }) => (
              <tr key={`${entry.id} ${what}`}>
                <td>
                  <Time at={entry.at} />
                </td>
                <td>{say('onAccount', { what })}</td>
                <td>{from ?? say('none')}</td>
                <td>{to}</td>
                <td>{why}</td>
              </tr>
            )),
            ...entry.changes.map(({ column, before, after }) => (
              <tr key={`${entry.id} ${column}`}>
                <td>
                  <Time at={entry.at} />
                </td>
                <td>{column}</td>
                <td>{before ?? say('empty')}</td>
                <td>{after ?? say('empty')}</td>
                <td>{entry.actor === 'idm' ? say('laterFile') : entry.actor}</td>
              </tr>
            )),
          ])}
        </tbody>
      </table>
    </section>
  );
}
