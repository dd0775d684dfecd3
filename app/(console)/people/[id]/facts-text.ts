/** Facts about a person that take more than a value: true also where nothing has happened yet. */
import { isClosed } from '#lib/domain/states.ts';
import type { PersonDetail } from '#lib/services/people/people.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';

type SayPerson = Say<Words['person']>;

export function mappingText(
  say: SayPerson,
  { mapping, employeeType }: Pick<PersonDetail, 'mapping' | 'employeeType'>,
): string {
  if (mapping)
    return say('mapped', {
      licences: mapping.licences.join(', '),
      type: mapping.employeeType,
      version: mapping.version,
    });
  return employeeType === '' ? say('noType') : say('notMapped', { type: employeeType });
}

/** Where no licence of ours is: where a mailbox opens or nothing more is done, it will not be us; for everybody else it is only not done yet. */
export function licensedText(say: SayPerson, { state }: Pick<PersonDetail, 'state'>): string {
  return say(state === 'awaiting_mailbox' || isClosed(state) ? 'notByUs' : 'notYet');
}

export function locationText(
  say: SayPerson,
  { usageLocation, locationSetBy }: Pick<PersonDetail, 'usageLocation' | 'locationSetBy'>,
): string {
  if (usageLocation === null) return say('notInFile');
  return locationSetBy === null ? usageLocation : say('setBy', { location: usageLocation, name: locationSetBy });
}
