import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';
import styles from '#components/mappings/mappings.module.css';
import { MappingNewsNote } from '#components/people/mapping-news-note.tsx';
import { address } from '#components/text/address.ts';
import { countText, numberText } from '#components/text/count-text.ts';
import { ButtonLink, Link } from '#components/ui/link.tsx';
import { Nothing, Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { requireOperator } from '#lib/auth/operator.ts';
import { type Role, whyNot } from '#lib/auth/roles.ts';
import { readMappingNews } from '#lib/services/mappings/mapping-news.ts';
import { listMappings, type Mappings } from '#lib/services/mappings/mappings.ts';
import { MappingsTable } from './mappings-table.tsx';

export const metadata: Metadata = { title: 'Mappings' };

function EditLink({ href, role, children }: { href: string; role: Role; children: string }) {
  const mayNot = whyNot(role, 'mappings:write');
  if (mayNot === null) return <ButtonLink href={href}>{children}</ButtonLink>;
  return (
    <GuardedButton whyNot={mayNot} size="small">
      {children}
    </GuardedButton>
  );
}

function Unmapped({ unmapped, role }: { unmapped: Mappings['unmapped']; role: Role }) {
  return (
    <Panel title="Not mapped yet">
      {unmapped.length === 0 ? (
        <Nothing what="toDo" title="Every EmployeeType in use has a mapping." />
      ) : (
        <ul className={styles.unmapped}>
          {unmapped.map(({ employeeType, people, near }) => (
            <li key={employeeType}>
              <strong className={styles.count}>{numberText(people)}</strong>
              <div className={stack.stack}>
                <p>
                  <Link href={address('/people', { type: employeeType })}>EmployeeType {employeeType}</Link>
                  {near.length > 0 &&
                    ` – did you mean ${near.map((one) => `${one.employeeType} (${one.licences})`).join(', ')}`}
                </p>
                <div className={stack.row}>
                  <EditLink href={address('/mappings/edit', { type: employeeType, release: 1 })} role={role}>
                    {`Create a mapping for ${countText(people, 'person', 'people')}`}
                  </EditLink>
                  {near.map((one) => (
                    <EditLink
                      key={one.employeeType}
                      href={address('/mappings/edit', { type: employeeType, like: one.employeeType, release: 1 })}
                      role={role}
                    >
                      {`Like ${one.employeeType}`}
                    </EditLink>
                  ))}
                </div>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

export default async function MappingsPage({ searchParams }: PageInput) {
  const operator = await requireOperator('mappings:read', '/mappings');
  const { inForce, unmapped } = listMappings(operator);
  const news = readMappingNews(operator, await searchParams);
  return (
    <>
      <PageHeader
        help="mappings"
        title="Mappings"
        lead={
          <span>Which licence an EmployeeType gets. Licensed people keep the version they were licensed with.</span>
        }
        actions={
          <EditLink href="/mappings/edit" role={operator.role}>
            New mapping
          </EditLink>
        }
      />
      <div className={stack.parts}>
        {news && <MappingNewsNote news={news} />}
        {inForce.length === 0 ? (
          <Nothing title="No mapping is in force.">
            <p>Nobody can be licensed until an EmployeeType has one.</p>
          </Nothing>
        ) : (
          <MappingsTable mappings={inForce} />
        )}
        <Unmapped unmapped={unmapped} role={operator.role} />
      </div>
    </>
  );
}
