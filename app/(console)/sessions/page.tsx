import type { Metadata } from 'next';
import { PageHeader } from '#components/layout/page-header.tsx';
import { countText } from '#components/text/count-text.ts';
import stack from '#components/ui/stack.module.css';
import { currentSession, requireOperator } from '#lib/auth/operator.ts';
import { can } from '#lib/auth/roles.ts';
import { listSessions } from '#lib/services/sessions/sessions.ts';
import { SessionsTable } from './sessions-table.tsx';

export const metadata: Metadata = { title: 'Sessions' };

export default async function SessionsPage() {
  const operator = await requireOperator('sessions:own', '/sessions');
  const { id } = await currentSession();
  const { items, limits } = listSessions(operator, { current: id });
  const seesAll = can(operator.role, 'sessions:manage');
  return (
    <>
      <PageHeader
        help="sessions"
        title="Sessions"
        lead={
          <>
            <span>{seesAll ? 'Who is signed in.' : 'Where you are signed in.'}</span>
            <span>
              A session ends after {countText(limits.idleMinutes, 'minute', 'minutes')} in which nothing is done, and
              after {countText(limits.maxHours, 'hour', 'hours')} in any case.
            </span>
          </>
        }
      />
      <div className={stack.stack}>
        <SessionsTable items={items} seesAll={seesAll} />
      </div>
    </>
  );
}
