/** What became of a mapping since somebody began to edit it, and what its history keeps of a version. No verb. */
import type { Tx } from '#db/client.ts';
import { type MappingRow, mappingVersions, retirementAt } from '#db/store/mappings/mappings-read.ts';
import { readSettings } from '#db/store/system/settings.ts';
import type { MappingFacts } from '#lib/domain/events.ts';
import { readEnv } from '#lib/env.ts';
import { changesOf } from '#lib/services/history/history-changes.ts';
import { type Localised, refusedText } from '#lib/services/http/errors.ts';
import { zoned } from '#lib/services/settings/schedule-plan.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Language } from '#lib/words/languages.ts';

/** The content of a version, as stored in events; null for no version. */
export function versionFacts(version: MappingFacts | null): MappingFacts | null {
  if (!version) return null;
  const { licences, usageLocation, leadTime, licenseAccountsWithAddress, rank, note } = version;
  return { licences, usageLocation, leadTime, licenseAccountsWithAddress, rank, note };
}

function differences(before: MappingRow | null, after: MappingRow, language: Language): string {
  const changes = changesOf({ before: versionFacts(before), after: versionFacts(after) }, language);
  // German nouns keep their capital.
  const called = (what: string) => (language === 'de' ? what : what.toLowerCase());
  const listed = changes.map(({ what, before: was, after: is }) => `${called(what)} ${was} → ${is}`);
  return listed.join('; ') || sayIn(language, 'refusals')('sameAsBefore');
}

/**
 * Null where the version in force is still the one the editor started from (`baseId`; null: none); otherwise who was faster,
 * when, and what differs now, in the language of whoever reads it.
 */
export function overtakenBy(tx: Tx, key: string, baseId: number | null): Localised | null {
  const versions = mappingVersions(tx, key);
  const [newest] = versions;
  const inForce = newest?.retiredAt === null ? newest : null;
  if ((inForce?.id ?? null) === baseId) return null;
  if (!newest) return (language) => refusedText(['mappingGone'], language);
  const { timeZone } = readSettings(tx, readEnv());
  const when = (at: number, language: Language) => ({ when: zoned(at, timeZone, language).text, zone: timeZone });
  if (inForce) {
    const base = versions.find(({ id }) => id === baseId) ?? null;
    const { createdBy: name, version, createdAt } = inForce;
    return (language) => {
      const differs = differences(base, inForce, language);
      return refusedText(['mappingPublished', { name, version, ...when(createdAt, language), differs }], language);
    };
  }
  const retiredAt = newest.retiredAt ?? 0;
  const by = retirementAt(tx, key, retiredAt);
  return (language) =>
    refusedText(
      by === null
        ? ['mappingRemoved', when(retiredAt, language)]
        : ['mappingRemovedBy', { name: by, ...when(retiredAt, language) }],
      language,
    );
}
