/** Removing the mapping of an EmployeeType: the impact, and doing it. Nobody loses anything. */
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { retireMapping } from '#db/store/mappings/mappings.ts';
import { mappingRowsInForce, mappingVersions } from '#db/store/mappings/mappings-read.ts';
import { countPeopleOfType } from '#db/store/people/people-counts.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { employeeTypeKey } from '#lib/domain/person.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';
import { overtakenBy, versionFacts } from './mapping-versions.ts';

/** The people affected by a removal; everybody else has a mailbox already or is closed. */
export interface RemovalImpact {
  /** Not licensed, and due in a next cycle: these need attention from then on. */
  attention: number;
  /** Not licensed, without an account so far: these need attention once it exists. */
  waiting: number;
  /** Held by the safety limit: these stay held, and an approval cannot license them. */
  held: number;
  /** Licensed by us: these keep their licence. */
  licensed: number;
}

const removalInput = z.object({ employeeType: z.string().trim().min(1), baseId: z.number().int().positive() });

function impactOf(tx: Tx, key: string): RemovalImpact {
  const { licensed, unlicensed } = countPeopleOfType(tx, key);
  const {
    queued = 0,
    awaiting_start = 0,
    awaiting_seat = 0,
    needs_attention = 0,
    awaiting_sync = 0,
    held = 0,
  } = unlicensed;
  return {
    attention: queued + awaiting_start + awaiting_seat + needs_attention,
    waiting: awaiting_sync,
    held,
    licensed,
  };
}

/** One that applies to nobody has a key of its own still. */
function keyOf(tx: Tx, employeeType: string, baseId: number): string {
  const key = employeeTypeKey(employeeType);
  const base = mappingRowsInForce(tx).find(({ id }) => id === baseId);
  return base && employeeTypeKey(base.employeeType) === key ? base.employeeTypeKey : key;
}

function assertNotOvertaken(tx: Tx, key: string, baseId: number): void {
  const overtaken = overtakenBy(tx, key, baseId);
  if (overtaken) throw new ServiceError('conflict', overtaken);
}

/**
 * The impact of removing a mapping. `input`: `{ employeeType, baseId }`. Changes nothing. Throws `conflict` where `baseId` is
 * no longer in force.
 */
export function previewRemoval(operator: Operator | null, input: unknown): RemovalImpact {
  authorise(operator, 'mappings:write');
  const { employeeType, baseId } = parseInput(removalInput, input);
  const key = keyOf(database(), employeeType, baseId);
  assertNotOvertaken(database(), key, baseId);
  return impactOf(database(), key);
}

export interface Removed {
  employeeType: string;
  /** The event that describes the change (`readMappingNews`). */
  eventId: number;
}

/**
 * Removes a mapping. `input`: `{ employeeType, baseId }`. Throws `conflict`, and changes nothing, where somebody published or
 * removed it in the meantime.
 */
export function removeMapping(operator: Operator | null, input: unknown): Removed {
  authorise(operator, 'mappings:write');
  const { employeeType, baseId } = parseInput(removalInput, input);
  return database().transaction(
    (tx) => {
      const now = Date.now();
      const key = keyOf(tx, employeeType, baseId);
      assertNotOvertaken(tx, key, baseId);
      const before = mappingVersions(tx, key).find(({ id }) => id === baseId) ?? null;
      retireMapping(tx, key, now);
      const eventId = recordEvent(tx, {
        kind: 'mapping.retired',
        at: now,
        actor: operator,
        message: `${operator.name} removed the mapping of EmployeeType ${employeeType}.`,
        data: { employeeType, before: versionFacts(before), after: null, people: impactOf(tx, key) },
      });
      return { employeeType, eventId };
    },
    { behavior: 'immediate' },
  );
}
