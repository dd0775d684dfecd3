import styles from '#components/mappings/mappings.module.css';
import { unseen } from '#components/text/unseen.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { MappingItem } from '#lib/services/mappings/mappings.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';

type SayMappings = Say<Words['mappings']>;

function leadTimeText(say: SayMappings, leadTime: MappingItem['leadTime']): string {
  if (leadTime === null) return say('leadInSettings');
  return leadTime === 'at_once' ? say('leadAtOnce') : say('leadDays', { n: leadTime });
}

function addressesText(say: SayMappings, areLicensed: boolean | null): string {
  if (areLicensed === null) return say('addressesInSettings');
  return say(areLicensed ? 'addressesLicensed' : 'addressesAsked');
}

/** A version as lines, which are compared. */
function linesOf(say: SayMappings, version: MappingItem): string[] {
  const { licences, usageLocation, leadTime, licenseAccountsWithAddress, rank } = version;
  return [
    ...licences.flatMap(({ name, skuPartNumber, disabledPlans }) => [
      say('licence', { name, partNumber: skuPartNumber }),
      ...disabledPlans.map((plan) => say('planOff', { licence: name, plan })),
    ]),
    usageLocation === null ? say('locationInSettings') : say('location', { code: usageLocation }),
    leadTimeText(say, leadTime),
    addressesText(say, licenseAccountsWithAddress),
    say('order', { n: rank }),
  ];
}

/** A version, with what is new in it and what is gone beside an earlier one. */
export function VersionDiff({ before, after }: { before: MappingItem | undefined; after: MappingItem }) {
  const say = useWords('mappings');
  const old = before ? linesOf(say, before) : [];
  const now = linesOf(say, after);
  const gone = old.filter((line) => !now.includes(line));
  return (
    <div className={styles.diff}>
      {now.map((line) =>
        before && !old.includes(line) ? (
          <ins key={line}>{say.parts('lineNew', { line, unseen })}</ins>
        ) : (
          <span key={line}>{line}</span>
        ),
      )}
      {gone.map((line) => (
        <del key={line}>{say.parts('lineGone', { line, unseen })}</del>
      ))}
      {before && gone.length === 0 && now.every((line) => old.includes(line)) && (
        <p className="muted">{say('same', { n: before.version })}</p>
      )}
    </div>
  );
}
