/** Puts a version of a mapping in force, with its event. No verb. */
import type { Tx } from '#db/client.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { insertMapping, type NewMapping } from '#db/store/mappings/mappings.ts';
import { type MappingRow, mappingVersions } from '#db/store/mappings/mappings-read.ts';
import { checkAgain } from '#db/store/people/people.ts';
import type { Actor } from '#lib/domain/events.ts';
import { licenceNames, mappedLicencesSchema, REMEMBERED_NOTE } from '#lib/domain/licences/mapping.ts';
import { employeeTypeKey } from '#lib/domain/person.ts';
import { WAITING_BY_RULE } from '#lib/domain/reasons/reasons.ts';
import { versionFacts } from './mapping-versions.ts';

/**
 * `base`: the version in force so far; null: none. `released`: how many people were released with it. Gives the version's id and
 * number, and the id of the event. Whoever waits by a rule that it may change is checked in the next cycle.
 */
export function putInForce(
  tx: Tx,
  operator: Actor,
  base: MappingRow | null,
  version: Required<NewMapping>,
  released: number,
  now: number,
): { id: number; version: number; eventId: number } {
  const { employeeType } = version;
  const key = employeeTypeKey(employeeType);
  const id = insertMapping(tx, version, operator.name, now);
  const number = mappingVersions(tx, key)[0]?.version ?? 1;
  checkAgain(tx, WAITING_BY_RULE, key, now);
  const eventId = recordEvent(tx, {
    kind: 'mapping.published',
    at: now,
    actor: operator,
    message: `${operator.name} published version ${number} of the mapping of EmployeeType ${employeeType}: ${licenceNames(version.licences)}.`,
    data: { employeeType, before: versionFacts(base), after: versionFacts(version), released, version: number },
  });
  return { id, version: number, eventId };
}

/** Remembers for these EmployeeTypes that accounts which already have an address are licensed; types without a mapping are left out. */
export function licenseAccountsWithAddress(tx: Tx, operator: Actor, keys: ReadonlySet<string>, now: number): void {
  for (const key of keys) {
    const base = mappingVersions(tx, key).find(({ retiredAt }) => retiredAt === null);
    if (!base || base.licenseAccountsWithAddress === true) continue;
    const { employeeType, usageLocation, leadTime, rank } = base;
    const licences = mappedLicencesSchema.parse(base.licences);
    const version = {
      employeeType,
      licences,
      usageLocation,
      leadTime,
      licenseAccountsWithAddress: true,
      rank,
      note: REMEMBERED_NOTE,
    };
    putInForce(tx, operator, base, version, 0, now);
  }
}
