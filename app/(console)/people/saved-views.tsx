'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { Field, Input } from '#components/controls/field.tsx';
import { useRefresh } from '#components/live/use-refresh.ts';
import { Badge } from '#components/people/badge.tsx';
import { Choices } from '#components/table/choices.tsx';
import modal from '#components/ui/overlays/modal.module.css';
import { Modal } from '#components/ui/overlays/modal.tsx';
import { postJson } from '#components/ui/post.ts';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { SavedView } from '#lib/services/views/views.ts';

interface Props {
  views: SavedView[];
  /** The address of what is shown; null: the whole list in its usual order, which needs no name. */
  href: string | null;
}

/** The reader's own views beside those of the product; one that has no name yet says so, and can get one. */
export function SavedViews({ views, href }: Props) {
  const say = useWords('peopleList');
  const refresh = useRefresh();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [problem, setProblem] = useState('');
  const shown = views.find((view) => view.href === href);
  const send = async (path: string, body: unknown) => {
    const answer = await postJson(path, body);
    setProblem(answer.ok ? '' : answer.message);
    if (!answer.ok) return;
    setOpen(false);
    setName('');
    refresh();
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    void send('/api/views', { name, href });
  };
  if (views.length === 0 && href === null) return null;
  return (
    <div className={stack.row}>
      {views.length > 0 && (
        <Choices
          label={say('views')}
          choices={views.map((view) => ({ label: view.name, href: view.href, isChosen: view === shown }))}
        />
      )}
      {shown && (
        <Button appearance="subtle" onClick={() => send('/api/views/remove', { id: shown.id })}>
          {say('removeView')}
        </Button>
      )}
      {href !== null && !shown && (
        <>
          <Badge tone="quiet">{say('unsavedView')}</Badge>
          <Button appearance="subtle" onClick={() => setOpen(true)}>
            {say('saveView')}
          </Button>
        </>
      )}
      <Modal title={say('saveView')} isOpen={isOpen} close={() => setOpen(false)}>
        <form onSubmit={save} className={stack.stack} data-unsaved={name.trim() !== ''}>
          <Field label={say('viewName')} required hint={say('viewHint')} problem={problem}>
            <Input value={name} maxLength={40} onChange={({ target: { value } }) => setName(value)} />
          </Field>
          <div className={modal.choice}>
            <Button onClick={() => setOpen(false)}>{say('cancel')}</Button>
            <Button type="submit" appearance="primary" disabled={name.trim() === ''}>
              {say('save')}
            </Button>
          </div>
        </form>
      </Modal>
    </div>
  );
}
