import type { Metadata } from 'next';
import { use } from 'react';
import type { PageInput } from '#app/page-input.ts';
import type { Rank } from '#components/controls/button.tsx';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';
import styles from '#components/mappings/mappings.module.css';
import { MappingNewsNote } from '#components/people/mapping-news-note.tsx';
import { address } from '#components/text/address.ts';
import { ButtonLink, Link } from '#components/ui/link.tsx';
import { Nothing, Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import { requestLanguage, words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { can, type Role } from '#lib/auth/roles.ts';
import { whyNot } from '#lib/services/http/errors.ts';
import { readMappingNews } from '#lib/services/mappings/mapping-news.ts';
import { listMappings, type Mappings } from '#lib/services/mappings/mappings.ts';
import { MappingsTable } from './mappings-table.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('navigation'))('mappings') };
}

function EditLink({
  href,
  role,
  rank = 'subtle',
  children,
}: {
  href: string;
  role: Role;
  rank?: Rank;
  children: string;
}) {
  const mayNot = whyNot(role, 'mappings:write', use(requestLanguage()));
  if (mayNot === null)
    return (
      <ButtonLink href={href} rank={rank}>
        {children}
      </ButtonLink>
    );
  return (
    <GuardedButton whyNot={mayNot} appearance={rank}>
      {children}
    </GuardedButton>
  );
}

function Unmapped({ unmapped, role }: { unmapped: Mappings['unmapped']; role: Role }) {
  const say = useWords('mappings');
  return (
    <Panel title={say('notMapped')}>
      {unmapped.length === 0 ? (
        <Nothing
          what="toDo"
          title={say('allMapped')}
          why={say('newTypes')}
          action={<Link href="/licences">{say('toLicences')}</Link>}
        />
      ) : (
        <ul className={styles.unmapped}>
          {unmapped.map(({ employeeType, people, near }) => (
            <li key={employeeType}>
              <strong className={styles.count}>{say('figure', { n: people })}</strong>
              <div className={styles.unmappedType}>
                <p>
                  {say.parts(near.length > 0 ? 'unmappedNear' : 'unmapped', {
                    type: employeeType,
                    others: near.map(({ employeeType: type, licences }) => say('near', { type, licences })).join(', '),
                    people: (text) => <Link href={address('/people', { type: employeeType })}>{text}</Link>,
                  })}
                </p>
                <div className={stack.row}>
                  <EditLink href={address('/mappings/edit', { type: employeeType, release: 1 })} role={role}>
                    {say('create', { n: people })}
                  </EditLink>
                  {near.map((one) => (
                    <EditLink
                      key={one.employeeType}
                      href={address('/mappings/edit', { type: employeeType, like: one.employeeType, release: 1 })}
                      role={role}
                    >
                      {say('like', { type: one.employeeType })}
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
  const say = await words('mappings');
  const { inForce, unmapped } = listMappings(operator, await requestLanguage());
  const news = readMappingNews(operator, await searchParams, await requestLanguage());
  return (
    <>
      <PageHeader
        help="mappings"
        title={(await words('navigation'))('mappings')}
        lead={<span>{say('lead')}</span>}
        actions={
          <EditLink href="/mappings/edit" role={operator.role} rank="primary">
            {say('new')}
          </EditLink>
        }
      />
      <div className={stack.parts}>
        {news && <MappingNewsNote news={news} />}
        {inForce.length === 0 ? (
          <Nothing title={say('noneInForce')} why={say('nobodyLicensed')} action={null} />
        ) : (
          <MappingsTable mappings={inForce} mayEdit={can(operator.role, 'mappings:write')} />
        )}
        <Unmapped unmapped={unmapped} role={operator.role} />
      </div>
    </>
  );
}
