'use client';

import type { ReactNode } from 'react';
import { Checkbox } from '#components/controls/choice.tsx';
import { SearchBox, Select } from '#components/controls/field.tsx';
import { AGES } from '#components/people/ages.ts';
import { useAddressFilters } from '#components/table/use-address-filters.ts';
import { useWords } from '#components/words/use-words.ts';
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
  const say = useWords('peopleList');
  const { isLoading, text, search, change } = useAddressFilters(query.q, 'page');
  const type = query.type.map(employeeTypeKey).join(',');
  // A filter that is on is shown on, also where the choices do not have it.
  const isOtherType = query.type.length === 1 && !choices.employeeTypes.some(({ key }) => key === type);
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
        aria-label={say('search')}
        placeholder={say('searchHint')}
        value={text}
        onChange={({ target: { value } }) => search(value, TYPING_MS)}
      />
      <Select
        aria-label={say('reason')}
        value={query.reason ?? ''}
        onChange={({ target: { value } }) => change('reason', value)}
      >
        <option value="">{say('everyReason')}</option>
        {query.reason !== null && !choices.reasons.some(({ reason }) => reason === query.reason) && (
          <option value={query.reason}>{say('otherReason')}</option>
        )}
        {choices.reasons.map(({ reason, title }) => (
          <option key={reason} value={reason}>
            {title}
          </option>
        ))}
      </Select>
      <Select aria-label={say('employeeType')} value={type} onChange={({ target: { value } }) => change('type', value)}>
        <option value="">{say('everyType')}</option>
        {isOtherType && <option value={type}>{say('type', { name: type })}</option>}
        {query.type.length > 1 && <option value={type}>{say('types', { names: query.type.join(', ') })}</option>}
        {choices.employeeTypes.map(({ key, name }) => (
          <option key={key} value={key}>
            {say('type', { name })}
          </option>
        ))}
      </Select>
      <Select
        aria-label={say('file')}
        value={query.file ?? ''}
        onChange={({ target: { value } }) => change('file', value)}
      >
        <option value="">{say('everyFile')}</option>
        {query.file !== null && !choices.files.some(({ id }) => id === query.file) && (
          <option value={query.file}>{say('otherFile')}</option>
        )}
        {choices.files.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Select
        aria-label={say('age')}
        value={query.age ?? ''}
        onChange={({ target: { value } }) => change('age', value)}
      >
        <option value="">{say('anyAge')}</option>
        {AGES.map((age) => (
          <option key={age} value={age}>
            {say(`age.${age}`)}
          </option>
        ))}
      </Select>
      <Checkbox
        label={say('mine')}
        checked={query.mine !== null}
        onChange={(checked) => change('mine', checked ? '1' : '')}
      />
      {children}
      {isLoading && <p className="muted">{say('loading')}</p>}
    </form>
  );
}
