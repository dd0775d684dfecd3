'use client';

import { PageHeader } from '#components/layout/page-header.tsx';
import { Failure, type FailureInput } from '#components/ui/failure.tsx';
import styles from '#components/ui/stack.module.css';

/** A page that failed to render; the menu around it still works. */
export default function ConsoleError(input: FailureInput) {
  return (
    <>
      <PageHeader help="trouble" title="This page could not be shown" />
      <div className={styles.stack}>
        <Failure {...input} />
      </div>
    </>
  );
}
