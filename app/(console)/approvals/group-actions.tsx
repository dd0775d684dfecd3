'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { ReasonDialog } from '#components/people/reason-dialog.tsx';
import { countText, numberText } from '#components/text/count-text.ts';
import modal from '#components/ui/modal.module.css';
import { Modal } from '#components/ui/modal.tsx';
import { postJson } from '#components/ui/post.ts';
import stack from '#components/ui/stack.module.css';
import type { ApprovalGroup } from '#lib/services/approvals/approvals.ts';
import type { MoveResult } from '#lib/services/people/seen-people.ts';
import styles from './approvals.module.css';

interface Props {
  group: ApprovalGroup;
  /** How many people one click can move. */
  moveLimit: number;
  whyNot: string | null;
  onDone: (feedback: string) => void;
}

type Decision = 'approve' | 'reject';

const DONE: Record<Decision, string> = {
  approve: 'approved: they get their licence now',
  reject: 'rejected: they need attention now',
};

function resultText(decision: Decision, { done, refused }: MoveResult): string {
  const text = `${countText(done.length, 'person', 'people')} ${DONE[decision]}.`;
  const [first] = refused;
  return first ? `${text} ${numberText(refused.length)} left alone: ${first.why}` : text;
}

/** How the buttons name their people. */
function wordsFor({ people, needSecondPerson }: ApprovalGroup, moveLimit: number): { everybody: string; mine: string } {
  const isWhole = people <= moveLimit;
  const everybody = isWhole
    ? `all ${numberText(people)}`
    : `the first ${numberText(moveLimit)} of ${numberText(people)}`;
  const isPart = isWhole && needSecondPerson > 0 && needSecondPerson < people;
  return { everybody, mine: isPart ? `${numberText(people - needSecondPerson)} of ${numberText(people)}` : everybody };
}

/** Approves or rejects everybody in a group, on all its pages. The server refuses if the group is no longer the one shown. */
export function GroupActions({ group, moveLimit, whyNot, onDone }: Props) {
  const router = useRouter();
  // The page refreshes itself; the dialog keeps the group as it was when it opened, but for its seats.
  const [asking, setAsking] = useState<{ decision: Decision; about: ApprovalGroup } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const about = asking?.about ?? group;
  const asked = wordsFor(about, moveLimit);
  const now = wordsFor(group, moveLimit);
  const isOwn = group.needSecondPerson === group.people;
  const ownOnly = isOwn ? 'You brought, changed or mapped them: a second person has to approve.' : null;

  const close = () => setAsking(null);
  const decide = async (decision: Decision, why?: string) => {
    setBusy(true);
    const { runId: run, reason, people, version } = about;
    const answer = await postJson<MoveResult>(`/api/approvals/${decision}`, { run, reason, people, version, why });
    setProblem(answer.ok ? '' : answer.message);
    if (answer.ok) onDone(resultText(decision, answer.data));
    close();
    setBusy(false);
    router.refresh();
  };
  return (
    <div className={stack.row}>
      <GuardedButton
        appearance="primary"
        whyNot={whyNot ?? ownOnly}
        disabledFocusable={isBusy}
        onClick={() => setAsking({ decision: 'approve', about: group })}
      >
        {`Approve ${now.mine}`}
      </GuardedButton>
      <GuardedButton
        whyNot={whyNot}
        disabledFocusable={isBusy}
        onClick={() => setAsking({ decision: 'reject', about: group })}
      >
        {`Reject ${now.everybody}`}
      </GuardedButton>
      <p role="status">{problem}</p>
      <Modal title={`Approve ${asked.mine}?`} isOpen={asking?.decision === 'approve'} close={close}>
        <ApprovalSummary group={{ ...about, seats: group.seats }} />
        <div className={modal.choice}>
          <Button onClick={close}>Cancel</Button>
          <Button appearance="primary" disabled={isBusy} onClick={() => decide('approve')}>
            {`Approve ${asked.mine}`}
          </Button>
        </div>
      </Modal>
      <ReasonDialog
        title={`Reject ${asked.everybody}?`}
        verb={`Reject ${asked.everybody}`}
        isOpen={asking?.decision === 'reject'}
        isBusy={isBusy}
        close={close}
        act={(why) => decide('reject', why)}
      >
        <p>They get no licence. They need attention until somebody corrects and retries, or dismisses.</p>
      </ReasonDialog>
    </div>
  );
}

/** What an approval means, with the numbers once more. */
function ApprovalSummary({ group: { plans, seats, needSecondPerson } }: { group: ApprovalGroup }) {
  const short = seats.filter(({ needed, free }) => needed > free);
  return (
    <>
      <ul className={styles.lines}>
        {plans.map(({ text, people }) => (
          <li key={text}>
            <strong className="number">{numberText(people)} ×</strong> {text}
          </li>
        ))}
      </ul>
      <p>The licences are assigned now. If the plan for somebody has changed, that person is held again.</p>
      {needSecondPerson > 0 && (
        <p>{numberText(needSecondPerson)} whom you brought, changed or mapped stay held for a second person.</p>
      )}
      {short.map(({ skuPartNumber, name, needed, free }) => (
        <p key={skuPartNumber}>
          {name} has {countText(free, 'free seat', 'free seats')}: {numberText(needed - free)} will wait for one.
        </p>
      ))}
    </>
  );
}
