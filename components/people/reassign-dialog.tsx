'use client';

import { Button } from '#components/controls/button.tsx';
import { countText } from '#components/text/count-text.ts';
import modal from '#components/ui/modal.module.css';
import { Modal } from '#components/ui/modal.tsx';

/** Says what happens where a licence is taken off and put on again, before it is done. */
export function ReassignDialog(props: {
  count: number;
  isOpen: boolean;
  isBusy: boolean;
  close: () => void;
  reassign: () => void;
}) {
  return (
    <Modal
      title={`Take the licence of ${countText(props.count, 'person', 'people')} off and on?`}
      isOpen={props.isOpen}
      close={props.close}
    >
      <p>
        The licence that AutoProvision assigned is taken off the account and put on again at once. Exchange Online then
        begins anew. If it has made a mailbox that does not answer, that mailbox is soft-deleted when the licence goes;
        it is kept for 30 days, and a new licence within that time brings it back.
      </p>
      <p>
        It is done once for a person. Only where no mailbox has opened yet, and never to a licence that others gave.
      </p>
      <div className={modal.choice}>
        <Button onClick={props.close}>Cancel</Button>
        <Button appearance="primary" disabled={props.isBusy} onClick={props.reassign}>
          Take it off and on
        </Button>
      </div>
    </Modal>
  );
}
