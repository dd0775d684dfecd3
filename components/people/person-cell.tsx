import { VisibleText } from '#components/text/visible-text.tsx';
import { Link } from '#components/ui/link.tsx';
import styles from '#components/ui/stack.module.css';
import { Upn } from './upn.tsx';

interface Props {
  /** Null: somebody who is not stored yet. */
  id: number | null;
  displayName: string;
  userPrincipalName: string;
}

/** A person in a table: the name, which leads to its page, and the address below. */
export function PersonCell({ id, displayName, userPrincipalName }: Props) {
  const name = <VisibleText text={displayName} />;
  return (
    <span className={styles.person}>
      {id === null ? <strong>{name}</strong> : <Link href={`/people/${id}`}>{name}</Link>}
      <span>
        <Upn text={userPrincipalName} />
      </span>
    </span>
  );
}
