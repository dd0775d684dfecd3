'use client';

import { useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { Checkbox } from '#components/controls/choice.tsx';
import modal from '#components/ui/overlays/modal.module.css';
import { Modal } from '#components/ui/overlays/modal.tsx';
import { useWords } from '#components/words/use-words.ts';

/** Asks once more before accounts are licensed about which a human was asked, and whether to remember it. */
export function LicenseAnywayDialog(props: {
  title: string;
  /** Whether this operator may change mappings. */
  mayRemember: boolean;
  isOpen: boolean;
  isBusy: boolean;
  close: () => void;
  license: (remember: boolean) => void;
}) {
  const say = useWords('actions');
  const [remember, setRemember] = useState(false);
  return (
    <Modal title={props.title} isOpen={props.isOpen} close={props.close}>
      <p>{say('anywayMeans')}</p>
      {props.mayRemember && <Checkbox label={say('remember')} checked={remember} onChange={setRemember} />}
      <div className={modal.choice}>
        <Button onClick={props.close}>{say('cancel')}</Button>
        <Button appearance="primary" disabled={props.isBusy} onClick={() => props.license(remember)}>
          {say('verb.license_anyway')}
        </Button>
      </div>
    </Modal>
  );
}
