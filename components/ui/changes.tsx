import { unseen } from '#components/text/unseen.tsx';
import { useWords } from '#components/words/use-words.ts';
import styles from './changes.module.css';

/** Values before and after, told to those who do not see the arrow as well. */
export function Changes({ changes }: { changes: readonly { what: string; before: string; after: string }[] }) {
  const say = useWords('changes');
  if (changes.length === 0) return null;
  return (
    <dl className={styles.changes}>
      {changes.map(({ what, before, after }) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>
            <del>{say.parts('before', { value: before, unseen })}</del>
            <span aria-hidden="true">→</span>
            <ins>{say.parts('after', { value: after, unseen })}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
