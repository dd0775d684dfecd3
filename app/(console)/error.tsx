'use client';

import { PageHeader } from '#components/layout/page-header.tsx';
import { Failure, type FailureInput } from '#components/ui/failure.tsx';
import styles from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';

/** A page that failed to render; the menu around it still works. */
export default function ConsoleError(input: FailureInput) {
  return (
    <>
      <PageHeader help="trouble" title={useWords('navigation')('notShown')} />
      <div className={styles.stack}>
        <Failure {...input} />
      </div>
    </>
  );
}
