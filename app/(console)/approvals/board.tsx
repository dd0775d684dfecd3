'use client';

import { Pager } from '#components/table/pager.tsx';
import { address } from '#components/text/address.ts';
import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { ApprovalGroup, ApprovalList } from '#lib/services/approvals/approvals.ts';
import styles from './approvals.module.css';
import { GroupActions } from './group-actions.tsx';
import { GroupFacts } from './group-facts.tsx';
import { HeldTable } from './held-table.tsx';

const hrefOf = ({ runId, reason }: Pick<ApprovalGroup, 'runId' | 'reason'>, page: number | null = null) =>
  address('/approvals', { run: runId, reason, page });

/** The held groups. */
export function Board({ list, whyNot }: { list: ApprovalList; whyNot: string | null }) {
  const say = useWords('approvalGroups');
  const { open } = list;
  const isOpen = ({ runId, reason }: ApprovalGroup) =>
    open !== null && open.group.runId === runId && open.group.reason === reason;
  return (
    <div className={stack.parts}>
      {list.groups.map((group) => (
        <Panel
          key={`${group.runId} ${group.reason}`}
          title={say('groupOf', { title: group.title, n: group.people })}
          aside={!isOpen(group) && <Link href={hrefOf(group)}>{say('showPeople')}</Link>}
        >
          <div className={`${stack.stack} ${styles.group}`}>
            <GroupFacts group={group} whoMay={list.whoMay} />
            <div className={styles.whole}>
              <GroupActions group={group} isLead={isOpen(group)} moveLimit={list.moveLimit} whyNot={whyNot} />
            </div>
            {open && isOpen(group) && (
              <>
                <HeldTable people={open.page.items} list={group.title} whyNot={whyNot} />
                <Pager {...open.page} of="people" hrefOf={(page) => hrefOf(group, page)} />
              </>
            )}
          </div>
        </Panel>
      ))}
    </div>
  );
}
