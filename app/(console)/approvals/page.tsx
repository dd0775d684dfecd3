import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { address } from '#components/text/address.ts';
import { Link } from '#components/ui/link.tsx';
import { Nothing } from '#components/ui/panel.tsx';
import { reasonWords } from '#components/words/reasons.ts';
import { useWords } from '#components/words/use-words.ts';
import { requestLanguage, words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { type ApprovalList, listApprovals } from '#lib/services/approvals/approvals.ts';
import { whyNot } from '#lib/services/http/errors.ts';
import type { SayReason } from '#lib/words/reasons.ts';
import { Board } from './board.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('navigation'))('approvals') };
}

function listInWords(say: SayReason, list: ApprovalList): ApprovalList {
  const groups = list.groups.map((group) => {
    const { reason, message, said } = group;
    const told = message === null ? {} : say.sentence({ reason, message, said });
    return { ...group, ...told, title: say.title(reason), fix: say.fix(reason) };
  });
  return { ...list, groups };
}

/** Whoever looks for them here finds the way to where somebody chooses. */
function Disputed({ people: n }: { people: number }) {
  const say = useWords('approvals');
  const list = address('/people', { state: 'held', reason: 'rows_disagree' });
  return <p>{say.parts('disputed', { n, people: (inside) => <Link href={list}>{inside}</Link> })}</p>;
}

export default async function ApprovalsPage({ searchParams }: PageInput) {
  const operator = await requireOperator('people:read', '/approvals');
  const list = listInWords(await reasonWords(), listApprovals(operator, await searchParams, await requestLanguage()));
  const say = await words('approvals');
  const { people: n, groups } = list;
  return (
    <>
      <PageHeader
        help="approvals"
        title={(await words('navigation'))('approvals')}
        lead={
          n + list.disputed > 0 && (
            <>
              {n > 0 && (
                <p>{groups.length > 1 ? say('heldInGroups', { n, groups: groups.length }) : say('held', { n })}</p>
              )}
              {list.disputed > 0 && <Disputed people={list.disputed} />}
            </>
          )
        }
      />
      <Board list={list} whyNot={whyNot(operator.role, 'people:approve', await requestLanguage())} />
      {n === 0 && (
        <Nothing
          what="toDo"
          title={say('nobody')}
          why={say('whenHeld')}
          action={<Link href="/history?what=approvals">{say('past')}</Link>}
        />
      )}
    </>
  );
}
