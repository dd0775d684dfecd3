/** Rows that are wider or narrower than their header, as people's tools write them. */
import type { Header } from '#lib/intake/csv/columns/columns.ts';
import { looksLikeUpn } from '#lib/intake/csv/values/upn.ts';

/** Whether a row has one cell more than the header, a number before all others, as R's `write.table` writes it: the address then stands one cell further. */
export function isNumbered({ width, at, nameAt }: Header, fields: readonly string[]): boolean {
  // Another first column may hold numbers itself: the cell too many is then one with a delimiter in it.
  if (!nameAt.includes(0) && at.UserPrincipalName !== 0) return false;
  const upn = at.UserPrincipalName ?? 0;
  if (fields.length !== width + 1 || !/^\d+$/.test(fields[0] ?? '')) return false;
  // The address of a manager may stand right before it, but none where the name is.
  return looksLikeUpn(fields[upn + 1] ?? '') && (upn === 0 || !looksLikeUpn(fields[1] ?? ''));
}

/**
 * The fields of a row in the width of the header: a number before all others and empty cells too many are dropped, optional ones that are missing at the end are empty.
 * The fields as they are where that does not help.
 */
export function fitted(header: Header, fields: readonly string[]): readonly string[] {
  const { width, at } = header;
  if (fields.length === width) return fields;
  if (isNumbered(header, fields)) return fields.slice(1);
  if (fields.length > width)
    return fields.slice(width).every((field) => saysBlank(field)) ? fields.slice(0, width) : fields;
  // One part of a name is enough.
  const nameAt = [...header.nameAt, ...header.namePartsAt];
  const name = nameAt.length === 0 ? 0 : Math.min(...nameAt);
  const needed = Math.max(at.UserPrincipalName ?? 0, name, at.EmployeeType ?? 0) + 1;
  return fields.length < needed ? fields : [...fields, ...Array.from({ length: width - fields.length }, () => '')];
}

const saysBlank = (field: string) => !/[^\s\p{Cf}]/u.test(field);
