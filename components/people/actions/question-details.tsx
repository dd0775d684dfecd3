'use client';

import { Checkbox } from '#components/controls/choice.tsx';
import { CountryField } from '#components/controls/country-field.tsx';
import { useWords } from '#components/words/use-words.ts';
import { readCountry } from '#lib/domain/text/countries.ts';
import type { Words } from '#lib/words/english.ts';
import type { Action, ActionDetails } from './action-targets.ts';

/** What an action means, where it is asked about before it is done, also with one person. */
export const MEANINGS: Partial<Record<Action, readonly (keyof Words['actions'])[]>> = {
  reject: ['rejectMeans'],
  dismiss: ['dismissMeans'],
  license_anyway: ['anywayMeans'],
  reassign: ['reassignMeans', 'reassignOnce'],
  locate: ['locationMeans'],
};

/** What is chosen with an action, beside the reason. */
type Choices = Required<Pick<ActionDetails, 'remember' | 'usageLocation'>>;

export const NO_CHOICES: Choices = { remember: false, usageLocation: '' };

/** Whether all is chosen that the action needs. */
export const isChosen = (action: Action, { usageLocation }: Choices) =>
  action !== 'locate' || readCountry(usageLocation) !== null;

/** The choices that belong to an action. */
export function choicesOf(action: Action, { remember, usageLocation }: Choices): ActionDetails {
  if (action === 'license_anyway') return { remember };
  return action === 'locate' ? { usageLocation } : {};
}

/** What an action means and, where it has choices, these. */
export function QuestionDetails(props: {
  action: Action;
  choices: Choices;
  choose: (choices: Choices) => void;
  /** Whether this operator may change mappings. */
  mayRemember: boolean;
}) {
  const say = useWords('actions');
  const { action, choices, choose } = props;
  return (
    <>
      {MEANINGS[action]?.map((meaning) => (
        <p key={meaning}>{say(meaning)}</p>
      ))}
      {action === 'license_anyway' && props.mayRemember && (
        <Checkbox
          label={say('remember')}
          checked={choices.remember}
          onChange={(remember) => choose({ ...choices, remember })}
        />
      )}
      {action === 'locate' && (
        <CountryField
          label={say('location')}
          required
          value={choices.usageLocation}
          onChange={(usageLocation) => choose({ ...choices, usageLocation })}
        />
      )}
    </>
  );
}
