/** What was changed: on the account by us, and in our own records by people and files. */
import { Nothing } from '#components/ui/panel.tsx';
import { Time } from '#components/ui/time.tsx';
import type { PersonDetail } from '#lib/services/people/people.ts';
import styles from './person.module.css';

export function Changes({ person }: { person: PersonDetail }) {
  const entries = person.timeline.filter(({ written, changes }) => written.length + changes.length > 0);
  if (entries.length === 0)
    return (
      <Nothing title="Nothing was changed.">
        <p className="muted">Neither on the account in Microsoft 365, nor in what the file said.</p>
      </Nothing>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles.scroller} aria-label="Changes" tabIndex={0}>
      <table className={styles.changes}>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">What</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
            <th scope="col">Why, or who</th>
          </tr>
        </thead>
        <tbody>
          {entries.flatMap((entry) => [
            ...entry.written.map(({ what, from, to, why }) => (
              <tr key={`${entry.id} ${what}`}>
                <td>
                  <Time at={entry.at} />
                </td>
                <td>Account: {what}</td>
                <td>{from ?? 'none'}</td>
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
                <td>{before ?? 'empty'}</td>
                <td>{after ?? 'empty'}</td>
                <td>{entry.actor === 'idm' ? 'a later file' : entry.actor}</td>
              </tr>
            )),
          ])}
        </tbody>
      </table>
    </section>
  );
}
