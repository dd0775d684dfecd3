import type { Metadata } from 'next';
import { PageHeader } from '#components/layout/page-header.tsx';
import stack from '#components/ui/stack.module.css';
import { words } from '#components/words/words.ts';
import { currentSession, requireOperator } from '#lib/auth/operator.ts';
import { can } from '#lib/auth/roles.ts';
import { listSessions } from '#lib/services/sessions/sessions.ts';
import { SessionsTable } from './sessions-table.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('sessions'))('title') };
}

export default async function SessionsPage() {
  const operator = await requireOperator('sessions:own', '/sessions');
  const { id } = await currentSession();
  const { items, limits } = listSessions(operator, { current: id });
  const say = await words('sessions');
  const seesAll = can(operator.role, 'sessions:manage');
  return (
    <>
      <PageHeader
        help="sessions"
        title={say('title')}
        lead={
          <>
            <span>{say(seesAll ? 'seesAll' : 'seesOwn')}</span>
            <span>{say('limits', { idle: limits.idleMinutes, most: limits.maxHours })}</span>
          </>
        }
      />
      <div className={stack.stack}>
        <SessionsTable items={items} seesAll={seesAll} />
      </div>
    </>
  );
}
