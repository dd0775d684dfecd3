/** Changing a mapping: the impact of a draft, and publishing it. */

import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { arrivedSince, knownSkus, mappingVersions, unlicensedOfType } from '#db/store/mappings/mappings-read.ts';
import { countPeopleOfType, countUnlicensed } from '#db/store/people/people-counts.ts';
import { movePerson } from '#db/store/people/transition.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { freeSeats, licenceName, mappedLicencesSchema, type SubscribedSku } from '#lib/domain/licences/mapping.ts';
import { type Advice, adviceOn, refusalOf } from '#lib/domain/licences/mapping-advice.ts';
import { employeeTypeKey } from '#lib/domain/person.ts';
import { tell } from '#lib/domain/reasons/said.ts';
import { optionalCountrySchema } from '#lib/domain/text/country-schema.ts';
import { leadTimeSchema } from '#lib/domain/time/start-date.ts';
import { type Change, changesOf } from '#lib/services/history/history-changes.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';
import { checkAtOnce } from '#lib/services/people/actions/check-now.ts';
import { MAPPING_REASONS } from '#lib/services/people/actions/cures.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Language } from '#lib/words/languages.ts';
import { type InWords, type SentenceInWords, inWords as said, sentenceIn } from '#lib/words/sentences.ts';
import { licencesText } from './mapped-licences.ts';
import { putInForce } from './mapping-publish.ts';
import { overtakenBy } from './mapping-versions.ts';
import { OPEN_STATES } from './mappings.ts';

const draftSchema = z.object({
  employeeType: z.string().trim().min(1, 'name the EmployeeType').max(64, 'at most 64 characters'),
  licences: z
    .array(
      z.object({
        skuPartNumber: z.string().trim().min(1, 'type the part number of the licence').max(100),
        disabledPlans: z.array(z.string().trim().toLowerCase().max(100)).max(200).default([]),
      }),
    )
    .min(1, 'choose at least one licence')
    .max(10, 'at most 10 licences')
    .refine(
      (licences) => new Set(licences.map(({ skuPartNumber }) => skuPartNumber.toUpperCase())).size === licences.length,
      'the same licence is listed twice',
    ),
  usageLocation: optionalCountrySchema.nullable(),
  leadTime: leadTimeSchema.nullable().default(null),
  licenseAccountsWithAddress: z.boolean().nullable().default(null),
});

export interface Impact {
  advice: InWords<Advice>[];
  /** Why it cannot be published: Microsoft would refuse it. Null: it can. */
  refusal: SentenceInWords | null;
  /** What differs from the version in force, service plans and usage location by name; empty where there is none. */
  changes: Change[];
  /** Open people of this EmployeeType who are not licensed yet: the next cycle decides on them with the new version. */
  waitingPeople: number;
  /** People licensed with earlier versions; they are not changed. */
  licensedPeople: number;
  /** Seats the waiting people need, licence by licence, and how many are free. */
  seats: { name: string; needed: number; free: number | null }[];
  /** What the last 90 days would have looked like. */
  last90Days: { arrived: number; before: string | null; after: string };
  /** People whom "release" checks again at once. */
  releasable: number;
}

/** States of people without a licence for whom the mapping decides; those waiting for a mailbox were licensed elsewhere. */
const DECIDED_BY_MAPPING = OPEN_STATES.filter((state) => state !== 'awaiting_mailbox');

type Draft = z.infer<typeof draftSchema>;

/** What of a mapping decides about people, as the history would tell it. */
function inWords(mapping: Omit<Draft, 'employeeType'>, skus: readonly SubscribedSku[], language: Language) {
  const { licences, usageLocation, leadTime, licenseAccountsWithAddress } = mapping;
  const inSettings = sayIn(language, 'mapping')('ofSettings');
  return {
    licences: licencesText(licences, skus, language),
    usageLocation: usageLocation ?? inSettings,
    licensedDaysBeforeStart: leadTime ?? inSettings,
    accountsWithAnAddressAreLicensed: licenseAccountsWithAddress ?? inSettings,
  };
}

const DAYS_90_MS = 90 * 24 * 3_600_000;

/**
 * The impact of publishing a draft. `input`: `{ employeeType, licences: [{ skuPartNumber, disabledPlans }], usageLocation, leadTime?,
 * licenseAccountsWithAddress? }`. Changes nothing.
 */
export function previewMapping(operator: Operator | null, input: unknown, language: Language = 'en'): Impact {
  authorise(operator, 'mappings:write');
  const draft = parseInput(draftSchema, input);
  const db = database();
  const key = employeeTypeKey(draft.employeeType);
  const skus = knownSkus(db);
  const base = mappingVersions(db, key).find(({ retiredAt }) => retiredAt === null);
  const { licensed, unlicensed } = countPeopleOfType(db, key);
  const before = base ? { ...base, licences: mappedLicencesSchema.parse(base.licences) } : null;
  const waiting = DECIDED_BY_MAPPING.reduce((sum, state) => sum + (unlicensed[state] ?? 0), 0);
  const refusal = refusalOf(draft.licences, skus);
  const told = (mapping: Omit<Draft, 'employeeType'>) => inWords(mapping, skus, language);
  return {
    advice: adviceOn(draft.licences, skus).map((one) => said(language, one)),
    refusal: refusal && sentenceIn(language, refusal),
    changes: before ? changesOf({ before: told(before), after: told(draft) }, language) : [],
    waitingPeople: waiting,
    licensedPeople: licensed,
    seats: draft.licences.map(({ skuPartNumber }) => {
      const sku = skus.find((one) => one.skuPartNumber.toUpperCase() === skuPartNumber.toUpperCase());
      return { name: licenceName(skuPartNumber), needed: waiting, free: sku ? freeSeats(sku) : null };
    }),
    last90Days: {
      arrived: arrivedSince(db, key, Date.now() - DAYS_90_MS),
      before: before ? licencesText(before.licences, skus, language) : null,
      after: licencesText(draft.licences, skus, language),
    },
    releasable: countUnlicensed(db, key, 'needs_attention', MAPPING_REASONS),
  };
}

/** Queues the people held up only by the mapping. Returns their ids. */
function release(tx: Tx, operator: Operator, key: string, now: number): number[] {
  const transition = {
    ...({ cause: 'operator', to: 'queued', reason: 'retried', nextCheckAt: now, at: now } as const),
    ...tell('retried', { by: operator.name }),
  };
  return unlicensedOfType(tx, key, ['needs_attention'], MAPPING_REASONS)
    .filter((person) => movePerson(tx, { ...transition, person }, { kind: 'person.retried', actor: operator }))
    .map(({ id }) => id);
}

const publishInput = draftSchema.extend({
  /** The version the editor started from; null: there was none. */
  baseId: z.number().int().positive().nullable(),
  rank: z.number().int().min(0).max(1000).default(100),
  note: z
    .string()
    .trim()
    .max(500, 'at most 500 characters')
    .transform((text) => text || null)
    .nullable()
    .default(null),
  release: z.boolean().default(false),
});

export interface Published {
  id: number;
  employeeType: string;
  version: number;
  /** People who are checked again now. */
  released: number;
  /** The event that describes the change (`readMappingNews`). */
  eventId: number;
}

/**
 * Puts a draft in force as a new version. `input`: the draft, `baseId`, and `rank`, `note`, `release`. Throws `conflict`, and
 * overwrites nothing, where somebody else published in the meantime, and `invalid` where Microsoft would refuse the licences.
 */
export function publishMapping(operator: Operator | null, input: unknown): Published {
  authorise(operator, 'mappings:write');
  const { baseId, rank, note, release: shouldRelease, ...draft } = parseInput(publishInput, input);
  const key = employeeTypeKey(draft.employeeType);
  return database().transaction(
    (tx) => {
      const now = Date.now();
      const refusal = refusalOf(draft.licences, knownSkus(tx));
      if (refusal !== null) throw new ServiceError('invalid', (language) => sentenceIn(language, refusal).message);
      const overtaken = overtakenBy(tx, key, baseId);
      if (overtaken) throw new ServiceError('conflict', overtaken);
      const before = mappingVersions(tx, key).find(({ id }) => id === baseId) ?? null;
      const released = shouldRelease ? release(tx, operator, key, now) : [];
      if (released.length > 0) checkAtOnce(tx, operator, released, now);
      const published = putInForce(tx, operator, before, { ...draft, rank, note }, released.length, now);
      return { ...published, employeeType: draft.employeeType, released: released.length };
    },
    { behavior: 'immediate' },
  );
}
