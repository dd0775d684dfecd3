/** A mapping as it is typed, and as it is sent. Pure. */
import type { LeadTime } from '#lib/domain/time/start-date.ts';
import type { MappingEditor } from '#lib/services/mappings/mappings.ts';
import { type DraftLicence, NO_LICENCE, skuOf } from './licence-fields.tsx';

const ADDRESSES = { inherited: null, yes: true, no: false } as const;
type Addresses = keyof typeof ADDRESSES;

export interface TypedMapping {
  employeeType: string;
  licences: DraftLicence[];
  usageLocation: string;
  leadTime: string;
  addresses: Addresses;
}

/** What the draft starts with; a licence that the tenant does not have is shown as typed. */
function licencesOf({ draft, skus }: MappingEditor): DraftLicence[] {
  if (draft.licences.length === 0) return [NO_LICENCE];
  return draft.licences.map((licence) => ({ ...licence, isTyped: skuOf(skus, licence.skuPartNumber) === undefined }));
}

function addressesOf({ licenseAccountsWithAddress }: MappingEditor['draft']): Addresses {
  return licenseAccountsWithAddress === null ? 'inherited' : licenseAccountsWithAddress ? 'yes' : 'no';
}

export function typedFrom(editor: MappingEditor): TypedMapping {
  const { employeeType, draft } = editor;
  return {
    employeeType,
    licences: licencesOf(editor),
    usageLocation: draft.usageLocation ?? '',
    leadTime: String(draft.leadTime ?? 'inherited'),
    addresses: addressesOf(draft),
  };
}

/** Lines without a choice do not count; one with an empty part number does, and is rejected. */
function chosenLicences(licences: readonly DraftLicence[]) {
  return licences.flatMap(({ skuPartNumber, disabledPlans, isTyped }) =>
    skuPartNumber === '' && !isTyped ? [] : [{ skuPartNumber, disabledPlans }],
  );
}

/** An emptied number is sent as it is, and refused. */
function leadTimeOf(text: string): LeadTime | number | null {
  if (text === 'inherited') return null;
  return text === 'at_once' ? text : text.trim() === '' ? Number.NaN : Number(text);
}

/** The draft that the server checks and publishes. */
export function draftOf({ employeeType, licences, usageLocation, leadTime, addresses }: TypedMapping) {
  return {
    employeeType,
    licences: chosenLicences(licences),
    usageLocation,
    leadTime: leadTimeOf(leadTime),
    licenseAccountsWithAddress: ADDRESSES[addresses],
  };
}
