/** The verb behind each action with people, for one person, for some, or for everybody of a list. */
import type { Operator } from '#lib/auth/operator.ts';
import type { PersonChoice } from '#lib/domain/person.ts';
import {
  answerAboutLicence,
  approvePeople,
  dismissPeople,
  licensePeopleAnyway,
  licensePeopleNow,
  rejectPeople,
  reopenPeople,
  retryPeople,
} from './people-moves.ts';
import type { PersonAction } from './person-actions.ts';
import type { MoveResult } from './seen-people.ts';

type Verb = (operator: Operator, input: unknown) => MoveResult;

const answer =
  (choice: PersonChoice): Verb =>
  (operator, input) =>
    answerAboutLicence(operator, Object.assign({}, input, { choice }));

export const PEOPLE_VERBS: Record<PersonAction, Verb> = {
  license_now: licensePeopleNow,
  license_anyway: licensePeopleAnyway,
  replace: answer('replace'),
  keep: answer('keep'),
  assign_directly: answer('assign_directly'),
  reprocess: answer('reprocess'),
  reassign: answer('reassign'),
  retry: retryPeople,
  approve: approvePeople,
  reject: rejectPeople,
  dismiss: dismissPeople,
  reopen: reopenPeople,
};
