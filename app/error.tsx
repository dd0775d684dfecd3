'use client';

import { CentredLayout } from '#components/layout/centred-layout.tsx';
import { Failure, type FailureInput } from '#components/ui/failure.tsx';
import { useWords } from '#components/words/use-words.ts';

/** For what fails outside a page of the console: its frame, or the pages before it. */
export default function OuterError(input: FailureInput) {
  return (
    <CentredLayout title={useWords('navigation')('notShown')}>
      <Failure {...input} />
    </CentredLayout>
  );
}
