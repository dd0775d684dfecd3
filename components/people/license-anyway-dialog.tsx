'use client';

import { useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { Checkbox } from '#components/controls/choice.tsx';
import { countText } from '#components/text/count-text.ts';
import modal from '#components/ui/modal.module.css';
import { Modal } from '#components/ui/modal.tsx';

/** Asks once more before accounts are licensed about which a human was asked, and whether to remember it. */
export function LicenseAnywayDialog(props: {
  count: number;
  /** Whether this operator may change mappings. */
  mayRemember: boolean;
  isOpen: boolean;
  isBusy: boolean;
  close: () => void;
  license: (remember: boolean) => void;
}) {
  const [remember, setRemember] = useState(false);
  return (
    <Modal
      title={`License ${countText(props.count, 'person', 'people')} anyway?`}
      isOpen={props.isOpen}
      close={props.close}
    >
      <p>
        The mapped licence is assigned, whatever the question was: make sure that the account is this person’s. Where an
        account already has an address, Exchange Online makes no second mailbox if directory synchronisation brought the
        id of the one on-premises; if it did not, there may be two.
      </p>
      {props.mayRemember && (
        <Checkbox
          label="Remember it in the mapping: from now on license accounts with an address of everybody with this EmployeeType"
          checked={remember}
          onChange={setRemember}
        />
      )}
      <div className={modal.choice}>
        <Button onClick={props.close}>Cancel</Button>
        <Button appearance="primary" disabled={props.isBusy} onClick={() => props.license(remember)}>
          License anyway
        </Button>
      </div>
    </Modal>
  );
}
