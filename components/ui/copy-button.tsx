'use client';

import { Button } from '@fluentui/react-components';
import { CopyRegular } from '@fluentui/react-icons/headless/svg/copy';
import { useState } from 'react';

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, children }: { text: string; children: string }) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
    } catch {
      setSaid('The browser did not allow it');
    }
  };
  return (
    <>
      <Button icon={<CopyRegular />} onClick={copy}>
        {said || children}
      </Button>
      <span role="status" className="unseen">
        {said}
      </span>
    </>
  );
}
