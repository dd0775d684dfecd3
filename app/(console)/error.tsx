'use client';

import { Failure, type FailureInput } from '#components/failure.tsx';
import { PageHeader } from '#components/page-header.tsx';
import styles from '#components/stack.module.css';

/** A page that could not be made; the menu around it still works. */
export default function ConsoleError(input: FailureInput) {
  return (
    <>
      <PageHeader title="This page could not be shown" />
      <div className={styles.stack}>
        <Failure {...input} />
      </div>
    </>
  );
}
