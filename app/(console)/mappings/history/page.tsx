import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { address } from '#components/address.ts';
import { Badge } from '#components/badge.tsx';
import { ButtonLink } from '#components/link.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { Nothing, Panel } from '#components/panel.tsx';
import { Time } from '#components/time.tsx';
import { requireOperator } from '#lib/auth/operator.ts';
import { can } from '#lib/auth/roles.ts';
import { type MappingItem, readMappingHistory } from '#lib/services/mappings.ts';
import styles from '../mappings.module.css';

export const metadata: Metadata = { title: 'Versions of a mapping' };

/** What a version says, line by line: lines are compared. */
function linesOf({ licences, usageLocation, rank }: MappingItem): string[] {
  return [
    ...licences.flatMap(({ name, skuPartNumber, disabledPlans }) => [
      `${name} (${skuPartNumber})`,
      ...disabledPlans.map((plan) => `${name}: service plan ${plan} off`),
    ]),
    `Usage location ${usageLocation ?? 'of Settings'}`,
    `Order ${rank}`,
  ];
}

function Diff({ before, after }: { before: MappingItem | undefined; after: MappingItem }) {
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
    </div>
  );
}

export default async function MappingHistoryPage({ searchParams }: PageInput) {
  const query = await searchParams;
  const type = typeof query.type === 'string' ? query.type : '';
  const operator = await requireOperator('mappings:read', address('/mappings/history', { type }));
  const versions = readMappingHistory(operator, query);
  return (
    <>
      <PageHeader
        title={`Versions for EmployeeType ${type || '…'}`}
        within={{ href: '/mappings', word: 'Mappings' }}
        lead={<span>Each version beside the one before it. Bringing one back makes a new version of it.</span>}
      />
      {versions.length === 0 ? (
        <Nothing title="This EmployeeType never had a mapping." />
      ) : (
        <Panel title="Versions">
          <ol className={styles.versions}>
            {versions.map((version, index) => (
              <li key={version.id}>
                <h3 className={styles.row}>
                  Version {version.version}
                  {version.retiredAt === null ? <Badge tone="good">In force</Badge> : <Badge tone="quiet">Past</Badge>}
                </h3>
                <p className="muted">
                  {version.createdBy === 'engine' ? 'There from the start' : version.createdBy},{' '}
                  <Time at={version.createdAt} />
                  {version.note && `: ${version.note}`}
                </p>
                <Diff before={versions[index + 1]} after={version} />
                {version.retiredAt !== null && can(operator.role, 'mappings:write') && (
                  <div>
                    <ButtonLink href={address('/mappings/edit', { type: version.employeeType, from: version.id })}>
                      Bring this version back
                    </ButtonLink>
                  </div>
                )}
              </li>
            ))}
          </ol>
        </Panel>
      )}
    </>
  );
}
