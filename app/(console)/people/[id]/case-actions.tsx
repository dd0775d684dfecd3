'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { Field, Textarea } from '#components/controls/field.tsx';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { useRefresh } from '#components/live/use-refresh.ts';
import modal from '#components/ui/overlays/modal.module.css';
import { Modal } from '#components/ui/overlays/modal.tsx';
import { More, useCloseMenu } from '#components/ui/overlays/more.tsx';
import { postJson } from '#components/ui/post.ts';
import { useWords } from '#components/words/use-words.ts';
import { type Correctable, type DialogProps, EditDialog } from './edit-dialog.tsx';

interface Case extends Correctable {
  assignedTo: string | null;
  assignedToMe: boolean;
  isClosed: boolean;
}

interface Props {
  person: Case;
  /** Correcting the row is what mends the cause. */
  isCure: boolean;
  /** Why this operator may not; null: it may. */
  whyNot: string | null;
  /** What stands beside the cure, first the change of state that is one; and the other changes of state. */
  lead: ReactNode;
  others: ReactNode;
}

/** What can be done about a case: first what mends it, and behind “More” the others. Typed text survives changes of the person. */
export function CaseActions({ person, isCure, whyNot, lead, others }: Props) {
  const say = useWords('personCase');
  const refresh = useRefresh();
  const [open, setOpen] = useState<'edit' | 'note' | null>(null);
  const [feedback, setFeedback] = useState('');
  const close = () => setOpen(null);
  const done = (text: string) => {
    setFeedback(text);
    close();
    refresh();
  };
  const assign = async () => {
    const takesOver = person.assignedTo !== null && !person.assignedToMe;
    const answer = await postJson('/api/people/assign', { id: person.id, isOnIt: !person.assignedToMe, takesOver });
    done(answer.ok ? say(person.assignedToMe ? 'noLonger' : 'seen') : answer.message);
  };
  const assignWord = person.assignedToMe
    ? say('unassign')
    : person.assignedTo
      ? say('takeOver', { name: person.assignedTo })
      : say('onIt');
  const correct = () => setOpen('edit');
  return (
    <>
      {isCure && !person.isClosed && (
        <GuardedButton whyNot={whyNot} appearance="primary" onClick={correct}>
          {say('correctAndRetry')}
        </GuardedButton>
      )}
      {lead}
      <More label={say('more')}>
        {!isCure && !person.isClosed && (
          <MenuButton whyNot={whyNot} act={correct}>
            {say('correctAndRetry')}
          </MenuButton>
        )}
        {others}
        <MenuButton whyNot={whyNot} act={assign}>
          {assignWord}
        </MenuButton>
        <MenuButton whyNot={whyNot} act={() => setOpen('note')}>
          {say('addNote')}
        </MenuButton>
      </More>
      <p role="status">{feedback}</p>
      <EditDialog person={person} isOpen={open === 'edit'} close={close} done={done} />
      <NoteDialog person={person} isOpen={open === 'note'} close={close} done={done} />
    </>
  );
}

/** Its dialog stands beside the menu, and what comes of it on the page: the menu has done its part at once. */
function MenuButton(props: { whyNot: string | null; act: () => void; children: ReactNode }) {
  const closeMenu = useCloseMenu();
  const press = () => {
    closeMenu();
    props.act();
  };
  return (
    <GuardedButton whyNot={props.whyNot} onClick={press}>
      {props.children}
    </GuardedButton>
  );
}

function NoteDialog({ person, isOpen, close, done }: DialogProps) {
  const say = useWords('personCase');
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState('');
  const save = async () => {
    const answer = await postJson('/api/people/note', { id: person.id, note });
    if (!answer.ok) return setProblem(answer.message);
    setNote('');
    setProblem('');
    done(say('noteKept'));
  };
  return (
    <Modal title={say('noteAbout', { name: person.displayName })} isOpen={isOpen} close={close}>
      <Field label={say('note')} required hint={say('noteHint')}>
        <Textarea
          value={note}
          maxLength={2000}
          data-unsaved={note !== ''}
          onChange={({ target: { value } }) => setNote(value)}
        />
      </Field>
      {problem && <p role="alert">{problem}</p>}
      <div className={modal.choice}>
        <Button onClick={close}>{say('cancel')}</Button>
        <Button appearance="primary" disabled={note.trim() === ''} onClick={save}>
          {say('keepNote')}
        </Button>
      </div>
    </Modal>
  );
}
