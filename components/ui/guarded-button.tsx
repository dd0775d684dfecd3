'use client';

import { Button, type ButtonProps, Tooltip } from '@fluentui/react-components';

/** A button that stays visible for those who may not use it, and says who can: `whyNot` from the role table, null for those who may. */
export function GuardedButton({ whyNot, ...button }: ButtonProps & { whyNot: string | null }) {
  if (whyNot === null) return <Button {...button} />;
  return (
    <Tooltip content={whyNot} relationship="description">
      <Button {...button} onClick={undefined} disabledFocusable />
    </Tooltip>
  );
}
