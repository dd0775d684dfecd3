'use client';

import { type ChangeEvent, type FormEvent, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { CountryField } from '#components/controls/country-field.tsx';
import { Field, Input } from '#components/controls/field.tsx';
import { useRefresh } from '#components/live/use-refresh.ts';
import modal from '#components/ui/overlays/modal.module.css';
import { Modal } from '#components/ui/overlays/modal.tsx';
import { type Answer, postJson } from '#components/ui/post.ts';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import styles from './person.module.css';

export interface Correctable {
  id: number;
  revision: number;
  displayName: string;
  /** Why the person is where it is. */
  message: string;
  userPrincipalName: string;
  employeeType: string;
  usageLocation: string | null;
}

export interface DialogProps {
  person: Correctable;
  isOpen: boolean;
  close: () => void;
  done: (feedback: string) => void;
}

interface Values {
  userPrincipalName: string;
  employeeType: string;
  usageLocation: string;
}

const NAMES = ['userPrincipalName', 'employeeType', 'usageLocation'] as const satisfies (keyof Values)[];

function valuesOf({ userPrincipalName, employeeType, usageLocation }: Correctable): Values {
  return { userPrincipalName, employeeType, usageLocation: usageLocation ?? '' };
}

/** Corrects what the row says. Typed text survives closing, refusals and changes of the person until it is saved. */
export function EditDialog({ person, isOpen, close, done }: DialogProps) {
  const say = useWords('personCase');
  const [typed, setTyped] = useState<Partial<Values>>({});
  const saved = (feedback: string) => {
    setTyped({});
    done(feedback);
  };
  return (
    <Modal title={say('correct', { name: person.displayName })} isOpen={isOpen} close={close}>
      <EditForm person={person} typed={typed} setTyped={setTyped} close={close} done={saved} />
    </Modal>
  );
}

/** What the server says of one value, `userPrincipalName: it has no @`, stands at its field; what it says of the whole stands below. */
function refusalIn(message: string): { at: keyof Values | null; text: string } {
  const at = NAMES.find((name) => message.startsWith(`${name}: `)) ?? null;
  const text = at === null ? message : message.slice(at.length + 2);
  return { at, text: `${text.charAt(0).toUpperCase()}${text.slice(1)}` };
}

/** The person has changed since the dialog opened: what is different, and the confirmation to continue from there. */
function Meanwhile({ seen, person, accept }: { seen: Correctable; person: Correctable; accept: () => void }) {
  const say = useWords('personCase');
  const [before, now] = [valuesOf(seen), valuesOf(person)];
  const changes = NAMES.filter((name) => before[name] !== now[name]).map((name) =>
    say('difference', { what: say(name), before: before[name] || say('empty'), now: now[name] || say('empty') }),
  );
  return (
    <div role="status" className={`${stack.stack} ${stack.inset}`}>
      <p>{say('meanwhile', { name: person.displayName, changes: [person.message, ...changes].join(' ') })}</p>
      <Button appearance="subtle" onClick={accept}>
        {say('continue')}
      </Button>
    </div>
  );
}

interface FormProps extends Omit<DialogProps, 'isOpen'> {
  typed: Partial<Values>;
  setTyped: (typed: Partial<Values>) => void;
}

function EditForm({ person, typed, setTyped, close, done }: FormProps) {
  const say = useWords('personCase');
  const refresh = useRefresh();
  // What the operator decided on: it is updated only by a click, so that the server refuses decisions on old facts.
  const [seen, setSeen] = useState(person);
  const [refusal, setRefusal] = useState<Extract<Answer<unknown>, { ok: false }> | null>(null);
  const [isBusy, setBusy] = useState(false);
  const wrong = refusal && refusalIn(refusal.message);
  const problemOf = (name: keyof Values) => (wrong?.at === name ? wrong.text : undefined);
  const before = valuesOf(person);
  const values = { ...before, ...typed };
  const type =
    (name: keyof Values) =>
    ({ target: { value } }: ChangeEvent<HTMLInputElement>) =>
      setTyped({ ...typed, [name]: value });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const body = { id: person.id, revision: seen.revision, ...values };
    const answer = await postJson<{ changed: string[] }>('/api/people/edit', body);
    setBusy(false);
    if (answer.ok) return done(say('corrected', { columns: answer.data.changed.join(', ') }));
    setRefusal(answer);
    if (answer.code === 'conflict') refresh();
  };
  const accept = () => {
    setSeen(person);
    setRefusal(null);
  };
  return (
    <form onSubmit={save} className={styles.edit} data-unsaved={NAMES.some((name) => values[name] !== before[name])}>
      <p>{say('rowStays')}</p>
      <Field label={say('userPrincipalName')} required problem={problemOf('userPrincipalName')}>
        <Input value={values.userPrincipalName} onChange={type('userPrincipalName')} />
      </Field>
      <Field label={say('employeeType')} required problem={problemOf('employeeType')}>
        <Input value={values.employeeType} onChange={type('employeeType')} />
      </Field>
      <CountryField
        label={say('usageLocation')}
        hint={say('locationHint')}
        problem={problemOf('usageLocation')}
        value={values.usageLocation}
        onChange={(usageLocation) => setTyped({ ...typed, usageLocation })}
      />
      {wrong?.at === null && <p role="alert">{wrong.text}</p>}
      {person.revision !== seen.revision && <Meanwhile seen={seen} person={person} accept={accept} />}
      <div className={modal.choice}>
        <Button onClick={close}>{say('cancel')}</Button>
        <Button type="submit" appearance="primary" disabledFocusable={isBusy}>
          {say('save')}
        </Button>
      </div>
    </form>
  );
}
