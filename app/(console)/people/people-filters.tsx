'use client';

import type { ReactNode } from 'react';
import { Checkbox } from '#components/controls/choice.tsx';
import { SearchBox, Select } from '#components/controls/field.tsx';
import { AGE_LABELS } from '#components/people/age-labels.ts';
import { useAddressFilters } from '#components/table/use-address-filters.ts';
import { employeeTypeKey } from '#lib/domain/person.ts';
import type { PeopleList } from '#lib/services/people/people.ts';
import styles from './people.module.css';

/** How long typing must pause before the list is requested. */
const TYPING_MS = 30;

interface Props extends Pick<PeopleList, 'query' | 'choices'> {
  /** Shown at the end of the row. */
  children: ReactNode;
}

/** Search and filters. Each change is a new address; the back button goes through them. */
export function PeopleFilters({ query, choices, children }: Props) {
  const { isLoading, text, search, change } = useAddressFilters(query.q, 'page');
  const type = query.type.map(employeeTypeKey).join(',');
  return (
    <form
      className={styles.filters}
      aria-busy={isLoading}
      onSubmit={(event) => {
        event.preventDefault();
        search(text, 0);
      }}
    >
      <SearchBox
        className={styles.search}
        aria-label="Search by name or UserPrincipalName"
        placeholder="Search name or address"
        value={text}
        onChange={({ target: { value } }) => search(value, TYPING_MS)}
      />
      <Select
        aria-label="Reason"
        value={query.reason ?? ''}
        onChange={({ target: { value } }) => change('reason', value)}
      >
        <option value="">Every reason</option>
        {choices.reasons.map(({ reason, title }) => (
          <option key={reason} value={reason}>
            {title}
          </option>
        ))}
      </Select>
      <Select aria-label="EmployeeType" value={type} onChange={({ target: { value } }) => change('type', value)}>
        <option value="">Every type</option>
        {query.type.length > 1 && <option value={type}>Types {query.type.join(', ')}</option>}
        {choices.employeeTypes.map(({ key, name }) => (
          <option key={key} value={key}>
            Type {name}
          </option>
        ))}
      </Select>
      <Select aria-label="File" value={query.file ?? ''} onChange={({ target: { value } }) => change('file', value)}>
        <option value="">Every file</option>
        {choices.files.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Time in this state"
        value={query.age ?? ''}
        onChange={({ target: { value } }) => change('age', value)}
      >
        <option value="">However long</option>
        {Object.entries(AGE_LABELS).map(([age, label]) => (
          <option key={age} value={age}>
            For {label} or longer
          </option>
        ))}
      </Select>
      <Checkbox
        label="I am on it"
        checked={query.mine !== null}
        onChange={(checked) => change('mine', checked ? '1' : '')}
      />
      {children}
      {isLoading && <p className="muted">Loading…</p>}
    </form>
  );
}
