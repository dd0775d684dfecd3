/** What became of a mapping since somebody began to edit it, and what its history keeps of a version. No verb. */
import type { Tx } from '#db/client.ts';
import { type MappingRow, mappingVersions, retirementAt } from '#db/store/mappings/mappings-read.ts';
import { readSettings } from '#db/store/system/settings.ts';
import type { MappingFacts } from '#lib/domain/events.ts';
import { readEnv } from '#lib/env.ts';
import { changesOf } from '#lib/services/history/history-changes.ts';
import { zoned } from '#lib/services/settings/schedule-plan.ts';

/** The content of a version, as stored in events; null for no version. */
export function versionFacts(version: MappingFacts | null): MappingFacts | null {
  if (!version) return null;
  const { licences, usageLocation, leadTime, licenseAccountsWithAddress, rank, note } = version;
  return { licences, usageLocation, leadTime, licenseAccountsWithAddress, rank, note };
}

function differences(before: MappingRow | null, after: MappingRow): string {
  const changes = changesOf({ before: versionFacts(before), after: versionFacts(after) });
  const listed = changes.map(({ what, before: was, after: is }) => `${what.toLowerCase()} ${was} → ${is}`);
  return listed.join('; ') || 'the same as before';
}

/**
 * Null where the version in force is still the one the editor started from (`baseId`; null: none); otherwise who was faster,
 * when, and what differs now.
 */
export function overtakenBy(tx: Tx, key: string, baseId: number | null): string | null {
  const versions = mappingVersions(tx, key);
  const [newest] = versions;
  const inForce = newest?.retiredAt === null ? newest : null;
  if ((inForce?.id ?? null) === baseId) return null;
  if (!newest) return 'This mapping has been removed in the meantime.';
  const { timeZone } = readSettings(tx, readEnv());
  const when = (at: number) => `on ${zoned(at, timeZone).text} (${timeZone})`;
  if (inForce) {
    const base = versions.find(({ id }) => id === baseId) ?? null;
    return `${inForce.createdBy} published version ${inForce.version} ${when(inForce.createdAt)}: ${differences(base, inForce)}. Nothing was overwritten: compare, then start from it.`;
  }
  const retiredAt = newest.retiredAt ?? 0;
  const by = retirementAt(tx, key, retiredAt) ?? 'Somebody';
  return `${by} removed this mapping ${when(retiredAt)}. Nothing was overwritten.`;
}
