import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import styles from '#components/mappings/mappings.module.css';
import { Badge } from '#components/people/badge.tsx';
import { address } from '#components/text/address.ts';
import { ButtonLink } from '#components/ui/link.tsx';
import { Nothing, Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { requireOperator } from '#lib/auth/operator.ts';
import { can } from '#lib/auth/roles.ts';
import { type MappingHistory, readMappingHistory } from '#lib/services/mappings/mappings.ts';
import { VersionChoice } from './version-choice.tsx';
import { VersionDiff } from './version-diff.tsx';

export const metadata: Metadata = { title: 'Versions of a mapping' };

function Comparison({ type, history: { versions, compared } }: { type: string; history: MappingHistory }) {
  const [newest, second] = versions;
  if (!newest || !second) return null;
  const { before, after } = compared ?? { before: second, after: newest };
  return (
    <Panel title="Compare two versions">
      <VersionChoice
        type={type}
        versions={versions.map(({ version }) => version)}
        before={before.version}
        after={after.version}
      />
      {compared && <VersionDiff {...compared} />}
    </Panel>
  );
}

export default async function MappingHistoryPage({ searchParams }: PageInput) {
  const query = await searchParams;
  const type = typeof query.type === 'string' ? query.type : '';
  const operator = await requireOperator('mappings:read', address('/mappings/history', { type }));
  const history = readMappingHistory(operator, query);
  const { versions } = history;
  return (
    <>
      <PageHeader
        help="mappings"
        title={`Versions for EmployeeType ${type || '…'}`}
        within={{ href: '/mappings', label: 'Mappings' }}
        lead={<span>Each version beside the one before it. Restoring one creates a new version.</span>}
      />
      {versions.length === 0 ? (
        <Nothing title="This EmployeeType never had a mapping." />
      ) : (
        <div className={stack.parts}>
          <Comparison type={type} history={history} />
          <Panel title="Versions">
            <ol className={styles.versions}>
              {versions.map((version, index) => (
                <li key={version.id}>
                  <h3 className={stack.row}>
                    Version {version.version}
                    {version.retiredAt === null ? (
                      <Badge tone="good">In force</Badge>
                    ) : (
                      <Badge tone="quiet">Past</Badge>
                    )}
                  </h3>
                  <p className="muted">
                    {version.createdBy === 'engine' ? 'Initial version' : version.createdBy},{' '}
                    <Time at={version.createdAt} />
                    {version.note && `: ${version.note}`}
                  </p>
                  <VersionDiff before={versions[index + 1]} after={version} />
                  {can(operator.role, 'mappings:write') && (
                    <div>
                      {version.retiredAt === null ? (
                        <ButtonLink href={address('/mappings/edit', { type: version.employeeType })}>
                          Start from this version
                        </ButtonLink>
                      ) : (
                        <ButtonLink href={address('/mappings/edit', { type: version.employeeType, from: version.id })}>
                          Restore this version
                        </ButtonLink>
                      )}
                    </div>
                  )}
                </li>
              ))}
            </ol>
          </Panel>
        </div>
      )}
    </>
  );
}
