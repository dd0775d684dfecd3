'use client';

import { Button } from '#components/controls/button.tsx';
import modal from '#components/ui/overlays/modal.module.css';
import { Modal } from '#components/ui/overlays/modal.tsx';
import { useWords } from '#components/words/use-words.ts';

/** Says what happens where a licence is taken off and put on again, before it is done. */
export function ReassignDialog(props: {
  title: string;
  isOpen: boolean;
  isBusy: boolean;
  close: () => void;
  reassign: () => void;
}) {
  const say = useWords('actions');
  return (
    <Modal title={props.title} isOpen={props.isOpen} close={props.close}>
      <p>{say('reassignMeans')}</p>
      <p>{say('reassignOnce')}</p>
      <div className={modal.choice}>
        <Button onClick={props.close}>{say('cancel')}</Button>
        <Button appearance="primary" disabled={props.isBusy} onClick={props.reassign}>
          {say('reassignNow')}
        </Button>
      </div>
    </Modal>
  );
}
