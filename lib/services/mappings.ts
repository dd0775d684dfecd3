/** Mappings for the web: which EmployeeType gets which licence now. */
import { mappingsInForce } from '#db/store/mappings.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { licenceName } from '#lib/provisioning/core/mapping.ts';
import { database } from './database.ts';
import { authorise } from './errors.ts';

export interface MappingItem {
  id: number;
  employeeType: string;
  version: number;
  licences: { skuPartNumber: string; name: string; disabledPlans: string[] }[];
  usageLocation: string | null;
}

/** The mappings in force, by EmployeeType. */
export function listMappings(operator: Operator | null): MappingItem[] {
  authorise(operator, 'mappings:read');
  return [...mappingsInForce(database()).values()]
    .map((mapping) => ({
      ...mapping,
      licences: mapping.licences.map((licence) => ({ ...licence, name: licenceName(licence.skuPartNumber) })),
    }))
    .sort((a, b) => a.employeeType.localeCompare(b.employeeType));
}
