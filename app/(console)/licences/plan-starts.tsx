'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { Field, Input, Select } from '#components/controls/field.tsx';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { countText } from '#components/text/count-text.ts';
import { postJson } from '#components/ui/post.ts';
import stack from '#components/ui/stack.module.css';
import type { StartForecast } from '#lib/services/starts/start-forecast.ts';
import styles from './licences.module.css';

type Props = Pick<StartForecast, 'planned' | 'employeeTypes' | 'today'> & {
  /** Why this operator may not; null: it may. */
  whyNot: string | null;
};

/** "n newcomers of type T on date D", for what no file has named yet. */
export function PlanStarts({ planned, employeeTypes, today, whyNot }: Props) {
  const router = useRouter();
  const [people, setPeople] = useState('1');
  const [employeeType, setEmployeeType] = useState(employeeTypes[0] ?? '');
  const [startDate, setStartDate] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [feedback, setFeedback] = useState('');
  const send = async (path: string, body: unknown, done: string) => {
    setBusy(true);
    const answer = await postJson(path, body);
    setFeedback(answer.ok ? done : answer.message);
    setBusy(false);
    router.refresh();
  };
  const plan = (event: FormEvent) => {
    event.preventDefault();
    send('/api/planned-starts', { employeeType, startDate, people: Number(people) }, 'Planned.');
  };
  return (
    <div className={stack.stack}>
      <h3>Planned, in no file yet</h3>
      {planned.length > 0 && (
        <ul className={styles.planned}>
          {planned.map(({ id, employeeType: type, startText, people: n, named, createdBy }) => (
            <li key={id}>
              <span>
                {countText(n, 'newcomer', 'newcomers')} of type {type} on {startText}{' '}
                <span className="muted">
                  by {createdBy}
                  {named > 0 && `; ${named} of them ${named === 1 ? 'is' : 'are'} in a file by now`}
                </span>
              </span>
              <GuardedButton
                whyNot={whyNot}
                size="small"
                disabledFocusable={isBusy}
                aria-label={`Remove ${countText(n, 'newcomer', 'newcomers')} of type ${type} on ${startText}`}
                onClick={() => send('/api/planned-starts/remove', { id }, 'Removed.')}
              >
                Remove
              </GuardedButton>
            </li>
          ))}
        </ul>
      )}
      {whyNot === null ? (
        <form onSubmit={plan} className={styles.plan} noValidate>
          <Field label="Newcomers">
            <Input
              type="number"
              min={1}
              max={100_000}
              value={people}
              onChange={({ target }) => setPeople(target.value)}
            />
          </Field>
          <Field label="EmployeeType">
            <Select value={employeeType} onChange={({ target }) => setEmployeeType(target.value)}>
              {employeeTypes.map((type) => (
                <option key={type}>{type}</option>
              ))}
            </Select>
          </Field>
          <Field label="First day">
            <Input type="date" min={today} value={startDate} onChange={({ target }) => setStartDate(target.value)} />
          </Field>
          <Button type="submit" disabledFocusable={isBusy}>
            Plan
          </Button>
        </form>
      ) : (
        planned.length === 0 && <p className="muted">Nothing is planned.</p>
      )}
      <p role="status">{feedback}</p>
    </div>
  );
}
