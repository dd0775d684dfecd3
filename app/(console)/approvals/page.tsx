import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { countText } from '#components/text/count-text.ts';
import { Link } from '#components/ui/link.tsx';
import { Nothing } from '#components/ui/panel.tsx';
import { requireOperator } from '#lib/auth/operator.ts';
import { whyNot } from '#lib/auth/roles.ts';
import { listApprovals } from '#lib/services/approvals/approvals.ts';
import { Board } from './board.tsx';

export const metadata: Metadata = { title: 'Approvals' };

export default async function ApprovalsPage({ searchParams }: PageInput) {
  const operator = await requireOperator('people:read', '/approvals');
  const list = listApprovals(operator, await searchParams);
  const { length } = list.groups;
  const isAre = list.people === 1 ? 'is' : 'are';
  return (
    <>
      <PageHeader
        help="approvals"
        title="Approvals"
        lead={
          list.people > 0 && (
            <p>
              {countText(list.people, 'person', 'people')} {isAre} held
              {length > 1 ? `, in ${length} groups` : ''}. Nothing is written to them until somebody approves.
            </p>
          )
        }
      />
      <Board list={list} whyNot={whyNot(operator.role, 'people:approve')} />
      {list.people === 0 && (
        <Nothing what="to do" title="Nobody is waiting for approval.">
          <p>
            When more people would be licensed within 24 hours than the safety limit allows, the others are held and
            stand here.
          </p>
          <p>
            <Link href="/history?what=approvals">See past approvals</Link>
          </p>
        </Nothing>
      )}
    </>
  );
}
