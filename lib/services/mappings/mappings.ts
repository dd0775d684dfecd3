/** Mappings for the web: which EmployeeType gets which licence, which types have none, and every earlier version. */

import { z } from 'zod';
import {
  countTypes,
  isOverlooked,
  knownSkus,
  type MappingRow,
  mappingRowsInForce,
  mappingVersions,
  unmappedTypes,
} from '#db/store/mappings/mappings-read.ts';
import { countUnlicensed } from '#db/store/people/people-counts.ts';
import type { Operator } from '#lib/auth/operator.ts';
import {
  freeSeats,
  licenceName,
  makesMailbox,
  mappedLicencesSchema,
  type SubscribedSku,
} from '#lib/domain/licences/mapping.ts';
import { adviceOn } from '#lib/domain/licences/mapping-advice.ts';
import { knownPlanName, MAILBOX_PLAN_IDS } from '#lib/domain/licences/service-plans.ts';
import { employeeTypeKey, plainEmployeeType } from '#lib/domain/person.ts';
import { CLOSED_STATES, PERSON_STATES, type PersonState } from '#lib/domain/states.ts';
import { nearMatches } from '#lib/domain/text/similarity.ts';
import type { LeadTime } from '#lib/domain/time/start-date.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput } from '#lib/services/http/errors.ts';
import { MAPPING_REASONS } from '#lib/services/people/actions/cures.ts';
import type { Language } from '#lib/words/languages.ts';
import { listed } from '#lib/words/listed.ts';
import { sentenceIn } from '#lib/words/sentences.ts';
import { type MappedLicence, toLicence } from './mapped-licences.ts';

export interface MappingItem {
  id: number;
  employeeType: string;
  version: number;
  licences: MappedLicence[];
  usageLocation: string | null;
  /** Null: as Settings say, as with the next one. */
  leadTime: LeadTime | null;
  licenseAccountsWithAddress: boolean | null;
  rank: number;
  note: string | null;
  createdAt: number;
  createdBy: string;
  /** Null while this version is in force. */
  retiredAt: number | null;
}

/** A licence of the tenant as offered by the editor. */
export interface SkuChoice {
  skuPartNumber: string;
  name: string;
  capabilityStatus: string;
  freeSeats: number;
  makesMailbox: boolean;
  /** `name`: the display name, null where it is not known; `rawName`: Microsoft 365's name. */
  plans: { id: string; name: string | null; rawName: string; makesMailbox: boolean }[];
}

export interface Mappings {
  inForce: (MappingItem & {
    /** Open people with this EmployeeType. */
    openPeople: number;
    /** `unknown`: no cycle has read the tenant's licences yet. */
    mailbox: 'yes' | 'problem' | 'unknown';
    /** The most serious problem; null: none, or not known yet. */
    problem: string | null;
    /** It applies to nobody: its EmployeeType counts as this one by now. Null: it applies. */
    countsAs: string | null;
  })[];
  /** EmployeeTypes of open people without a mapping, with similar mapped types. */
  unmapped: { employeeType: string; people: number; near: { employeeType: string; licences: string }[] }[];
}

export const OPEN_STATES: readonly PersonState[] = PERSON_STATES.filter(
  (state) => !CLOSED_STATES.some((closed) => closed === state),
);

function toItem(row: MappingRow, skus: readonly SubscribedSku[]): MappingItem {
  const { employeeTypeKey: _key, ...shown } = row;
  return { ...shown, licences: mappedLicencesSchema.parse(row.licences).map((licence) => toLicence(licence, skus)) };
}

/** The mappings in force by EmployeeType, and the types without one. */
export function listMappings(operator: Operator | null, language: Language = 'en'): Mappings {
  authorise(operator, 'mappings:read');
  const db = database();
  const skus = knownSkus(db);
  const rows = mappingRowsInForce(db);
  const open = new Map(countTypes(db, OPEN_STATES).map(({ key, people }) => [key, people]));
  const inForce = rows.map((row) => {
    const item = toItem(row, skus);
    // Before the first run the tenant's licences are not known: that is no problem of the mapping.
    const advice = skus.length === 0 ? [] : adviceOn(mappedLicencesSchema.parse(row.licences), skus);
    const problem = advice[0] ? sentenceIn(language, advice[0]).message : null;
    const mailbox = skus.length === 0 ? 'unknown' : problem === null ? 'yes' : 'problem';
    const countsAs = isOverlooked(row) ? plainEmployeeType(row.employeeType) : null;
    return { ...item, openPeople: open.get(row.employeeTypeKey) ?? 0, mailbox, problem, countsAs } as const;
  });
  // An empty EmployeeType is filled in at the person, not mapped.
  const types = unmappedTypes(db, OPEN_STATES).filter(({ employeeType }) => employeeType !== '');
  const unmapped = types.map(({ employeeType, people }) => ({
    employeeType,
    people,
    near: nearMatches(employeeType, inForce).map((one) => ({
      employeeType: one.employeeType,
      licences: listed(
        one.licences.map(({ name }) => name),
        language,
      ),
    })),
  }));
  return { inForce, unmapped };
}

export interface MappingEditor {
  employeeType: string;
  /** The version in force that the editor starts from; null: there is none yet. Sent back on publishing. */
  baseId: number | null;
  /** Its version number; null where there is none. */
  baseVersion: number | null;
  draft: Pick<MappingItem, 'usageLocation' | 'leadTime' | 'licenseAccountsWithAddress' | 'rank'> & {
    licences: { skuPartNumber: string; disabledPlans: string[] }[];
  };
  skus: SkuChoice[];
  /** When the licences were read; null: never. */
  skusSeenAt: number | null;
  /** People whom publishing with "release" checks again. */
  releasable: number;
  near: string[];
  /** Mappings in force that apply to nobody, because their EmployeeType counts as this one by now. */
  overlooked: { id: number; employeeType: string; licences: string[] }[];
}

const editorInput = z.object({
  type: z.string().trim().max(64).catch('').default(''),
  from: z.coerce.number().int().positive().nullable().catch(null).default(null),
  like: z.string().trim().max(64).nullable().catch(null).default(null),
});

/**
 * What the editor of one EmployeeType starts from. `input`: `{ type, from?, like? }`; `from`: the id of an old version to
 * restore; `like`: another EmployeeType whose mapping serves as a template.
 */
export function readMappingEditor(operator: Operator | null, input: unknown): MappingEditor {
  authorise(operator, 'mappings:read');
  const { type, from, like } = parseInput(editorInput, input);
  const db = database();
  const key = employeeTypeKey(type);
  const versions = mappingVersions(db, key);
  const base = versions.find(({ retiredAt }) => retiredAt === null) ?? null;
  const inForce = mappingRowsInForce(db);
  const template =
    versions.find(({ id }) => id === from) ??
    base ??
    inForce.find(({ employeeType: other }) => other === like) ??
    inForce.find(({ employeeTypeKey: other }) => like !== null && other === employeeTypeKey(like)) ??
    null;
  const skus = knownSkus(db);
  return {
    employeeType: base?.employeeType ?? type,
    baseId: base?.id ?? null,
    baseVersion: base?.version ?? null,
    draft: {
      licences: template ? mappedLicencesSchema.parse(template.licences) : [],
      usageLocation: template?.usageLocation ?? null,
      leadTime: template?.leadTime ?? null,
      licenseAccountsWithAddress: template?.licenseAccountsWithAddress ?? null,
      rank: template?.rank ?? 100,
    },
    skus: skus.map((sku) => ({
      skuPartNumber: sku.skuPartNumber,
      name: licenceName(sku.skuPartNumber),
      capabilityStatus: sku.capabilityStatus,
      freeSeats: freeSeats(sku),
      makesMailbox: makesMailbox(sku),
      plans: sku.servicePlans.map(({ servicePlanId, servicePlanName }) => ({
        id: servicePlanId,
        name: knownPlanName(servicePlanId),
        rawName: servicePlanName,
        makesMailbox: MAILBOX_PLAN_IDS.has(servicePlanId),
      })),
    })),
    skusSeenAt: skus[0]?.seenAt ?? null,
    releasable: countUnlicensed(db, key, 'needs_attention', MAPPING_REASONS),
    near: base ? [] : nearMatches(type, inForce).map(({ employeeType }) => employeeType),
    overlooked: inForce
      .filter((row) => isOverlooked(row) && employeeTypeKey(row.employeeType) === key)
      .map(({ id, employeeType, licences }) => {
        const mapped = mappedLicencesSchema.parse(licences).map((licence) => toLicence(licence, skus));
        return { id, employeeType, licences: mapped.map(({ name }) => name) };
      }),
  };
}

const version = z.coerce.number().int().positive().nullable().catch(null).default(null);
const historyInput = editorInput.extend({ a: version, b: version });

export interface MappingHistory {
  /** The newest first. */
  versions: MappingItem[];
  /** The two versions to compare; null where one is not given or does not exist. */
  compared: { before: MappingItem; after: MappingItem } | null;
}

/**
 * Every version of one EmployeeType. `input`: `{ type, a?, b? }`; `a` and `b`: version numbers to compare, `b` defaults to the
 * newest. Invalid values count as absent.
 */
export function readMappingHistory(operator: Operator | null, input: unknown): MappingHistory {
  authorise(operator, 'mappings:read');
  const { type, a, b } = parseInput(historyInput, input);
  const db = database();
  const skus = knownSkus(db);
  const versions = mappingVersions(db, employeeTypeKey(type)).map((row) => toItem(row, skus));
  const before = versions.find(({ version: number }) => number === a);
  const after = b === null ? versions[0] : versions.find(({ version: number }) => number === b);
  return { versions, compared: before && after ? { before, after } : null };
}
