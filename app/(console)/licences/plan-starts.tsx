'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { Field, Input, Select } from '#components/controls/field.tsx';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { useRefresh } from '#components/live/use-refresh.ts';
import { shortDayText } from '#components/text/time-text.ts';
import { postJson } from '#components/ui/post.ts';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { StartForecast } from '#lib/services/starts/start-forecast.ts';
import styles from './licences.module.css';

type Props = Pick<StartForecast, 'planned' | 'employeeTypes' | 'today'> & {
  /** Why this operator may not; null: it may. */
  whyNot: string | null;
};

/** "n newcomers of type T on date D", for what no file has named yet. */
export function PlanStarts({ planned, employeeTypes, today, whyNot }: Props) {
  const say = useWords('plannedStarts');
  const refresh = useRefresh();
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
    refresh();
  };
  const sayTime = useWords('time');
  const plan = (event: FormEvent) => {
    event.preventDefault();
    send('/api/planned-starts', { employeeType, startDate, people: Number(people) }, say('planned'));
  };
  return (
    <div className={stack.stack}>
      <h3>{say('title')}</h3>
      {planned.length > 0 && (
        <ul className={styles.planned}>
          {planned.map(({ id, employeeType: type, startDate: day, people: n, named, createdBy }) => (
            <li key={id}>
              <span>
                {say('item', { n, type, day: shortDayText(sayTime, day) })}{' '}
                <span className="muted">
                  {named > 0 ? say('byAndNamed', { name: createdBy, n: named }) : say('by', { name: createdBy })}
                </span>
              </span>
              <GuardedButton
                whyNot={whyNot}
                appearance="subtle"
                disabledFocusable={isBusy}
                aria-label={say('removeItem', { n, type, day: shortDayText(sayTime, day) })}
                onClick={() => send('/api/planned-starts/remove', { id }, say('removed'))}
              >
                {say('remove')}
              </GuardedButton>
            </li>
          ))}
        </ul>
      )}
      {whyNot === null ? (
        <form onSubmit={plan} className={styles.plan} noValidate>
          <Field label={say('newcomers')}>
            <Input
              type="number"
              min={1}
              max={100_000}
              value={people}
              onChange={({ target }) => setPeople(target.value)}
            />
          </Field>
          <Field label={say('employeeType')}>
            <Select value={employeeType} onChange={({ target }) => setEmployeeType(target.value)}>
              {employeeTypes.map((type) => (
                <option key={type}>{type}</option>
              ))}
            </Select>
          </Field>
          <Field label={say('firstDay')}>
            <Input type="date" min={today} value={startDate} onChange={({ target }) => setStartDate(target.value)} />
          </Field>
          <Button type="submit" disabledFocusable={isBusy}>
            {say('plan')}
          </Button>
        </form>
      ) : (
        planned.length === 0 && <p className="muted">{say('nothing')}</p>
      )}
      <p role="status">{feedback}</p>
    </div>
  );
}
