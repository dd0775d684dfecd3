import styles from './changes.module.css';

/** Values before and after, told to those who do not see the colours as well. */
export function Changes({ changes }: { changes: readonly { what: string; before: string; after: string }[] }) {
  if (changes.length === 0) return null;
  return (
    <dl className={styles.changes}>
      {changes.map(({ what, before, after }) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>
            <del>
              <span className="unseen">before: </span>
              {before}
            </del>
            <span aria-hidden="true">→</span>
            <ins>
              <span className="unseen">after: </span>
              {after}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
