'use client';

import { Failure, type FailureInput } from '#components/failure.tsx';
import { Nothing } from '#components/panel.tsx';

/** A page that could not be made; the menu around it still works. */
export default function ConsoleError(input: FailureInput) {
  return (
    <Nothing title="This page could not be shown.">
      <Failure {...input} />
    </Nothing>
  );
}
