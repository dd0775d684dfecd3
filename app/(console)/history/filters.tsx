'use client';

import type { ReactNode } from 'react';
import { Field, Input, SearchBox, Select } from '#components/controls/field.tsx';
import { useAddressFilters } from '#components/table/use-address-filters.ts';
import { useWords } from '#components/words/use-words.ts';
import type { History } from '#lib/services/history/history.ts';
import styles from './history.module.css';

/** How long typing must pause before the list is requested. */
const TYPING_MS = 200;

/** A day that is being typed: 0002 on the way to 2026. */
const isDay = (value: string) => value === '' || /^2\d{3}-/.test(value);

interface Props extends Pick<History, 'query' | 'operators' | 'timeZone'> {
  /** Shown at the end of the row. */
  children: ReactNode;
}

/** Who, whom and when. Each change is a new address; the back button goes through them. */
export function Filters({ query, operators, timeZone, children }: Props) {
  const say = useWords('historyFilters');
  const sayList = useWords('peopleList');
  const { isLoading, text, search, change } = useAddressFilters(query.q, 'before');
  const day = (name: 'from' | 'to', label: string) => (
    <Field label={label} className={styles.day}>
      <Input
        key={query[name] ?? ''}
        type="date"
        defaultValue={query[name] ?? ''}
        onChange={({ target: { value } }) => isDay(value) && change(name, value)}
      />
    </Field>
  );
  const isKnown = ['operators', 'everyone', 'engine', 'idm', ...operators.map(({ key }) => key)].includes(query.who);
  return (
    <form
      className={styles.filters}
      aria-busy={isLoading}
      onSubmit={(event) => {
        event.preventDefault();
        search(text, 0);
      }}
    >
      <Field label={say('person')} className={styles.search}>
        <SearchBox
          placeholder={say('nameOrAddress')}
          value={text}
          onChange={({ target: { value } }) => search(value, TYPING_MS)}
        />
      </Field>
      <Field label={say('who')}>
        <Select
          value={query.who}
          onChange={({ target: { value } }) => change('who', value === 'operators' ? '' : value)}
        >
          <option value="operators">{say('operators')}</option>
          <option value="everyone">{say('everyone')}</option>
          <option value="engine">AutoProvision</option>
          <option value="idm">{say('idm')}</option>
          {operators.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
          {!isKnown && <option value={query.who}>{say('unknown')}</option>}
        </Select>
      </Field>
      {day('from', say('from', { zone: timeZone }))}
      {day('to', say('to', { zone: timeZone }))}
      {children}
      {isLoading && <p className="muted">{sayList('loading')}</p>}
    </form>
  );
}
