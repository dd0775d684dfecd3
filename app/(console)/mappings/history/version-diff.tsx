import styles from '#components/mappings/mappings.module.css';
import type { MappingItem } from '#lib/services/mappings/mappings.ts';

/** A version as lines, which are compared. */
function linesOf({ licences, usageLocation, leadTime, licenseAccountsWithAddress, rank }: MappingItem): string[] {
  return [
    ...licences.flatMap(({ name, skuPartNumber, disabledPlans }) => [
      `${name} (${skuPartNumber})`,
      ...disabledPlans.map((plan) => `${name}: service plan ${plan} off`),
    ]),
    `Usage location ${usageLocation ?? 'of Settings'}`,
    leadTime === null
      ? 'Start dates as in Settings'
      : leadTime === 'at_once'
        ? 'Licensed at once, whatever the start date'
        : `Licensed ${leadTime} days before the start date`,
    licenseAccountsWithAddress === null
      ? 'Accounts with an address as in Settings'
      : licenseAccountsWithAddress
        ? 'Accounts with an address are licensed'
        : 'Accounts with an address need a human',
    `Order ${rank}`,
  ];
}

/** A version, with what is new in it and what is gone beside an earlier one. */
export function VersionDiff({ before, after }: { before: MappingItem | undefined; after: MappingItem }) {
  const old = before ? linesOf(before) : [];
  const now = linesOf(after);
  const gone = old.filter((line) => !now.includes(line));
  return (
    <div className={styles.diff}>
      {now.map((line) =>
        before && !old.includes(line) ? (
          <ins key={line}>
            <span className="unseen">new: </span>+ {line}
          </ins>
        ) : (
          <span key={line}>{line}</span>
        ),
      )}
      {gone.map((line) => (
        <del key={line}>
          <span className="unseen">gone: </span>− {line}
        </del>
      ))}
      {before && gone.length === 0 && now.every((line) => old.includes(line)) && (
        <p className="muted">Nothing is different from version {before.version}.</p>
      )}
    </div>
  );
}
