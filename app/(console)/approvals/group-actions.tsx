'use client';

import { useState } from 'react';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { useRefresh } from '#components/live/use-refresh.ts';
import { ReasonDialog } from '#components/people/actions/reason-dialog.tsx';
import { useToast } from '#components/people/actions/toasts.tsx';
import { strong } from '#components/text/strong.tsx';
import { postJson, sessionEnd } from '#components/ui/post.ts';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { ApprovalGroup } from '#lib/services/approvals/approvals.ts';
import type { MoveResult } from '#lib/services/people/actions/seen-people.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import styles from './approvals.module.css';

interface Props {
  group: ApprovalGroup;
  /** Its people are shown: the one thing to do here. */
  isLead: boolean;
  /** How many people one click can move. */
  moveLimit: number;
  whyNot: string | null;
}

type Decision = 'approve' | 'reject';

type SayGroups = Say<Words['approvalGroups']>;
type SayActions = Say<Words['actions']>;

function resultText(say: SayActions, decision: Decision, { done: moved, refused }: MoveResult): string {
  const done = say(`done.${decision}`, { n: moved.length });
  const [first] = refused;
  return first ? say('leftAlone', { done, n: refused.length, why: first.why }) : done;
}

/** What the buttons say: how many of the people each is about. */
function verbsFor(say: SayGroups, { people, needSecondPerson }: ApprovalGroup, moveLimit: number) {
  if (people > moveLimit) {
    const some = { n: moveLimit, all: people };
    return { approve: say('approve.first', some), reject: say('reject.first', some) };
  }
  const isPart = needSecondPerson > 0 && needSecondPerson < people;
  return {
    approve: isPart
      ? say('approve.part', { n: people - needSecondPerson, all: people })
      : say('approve.all', { n: people }),
    reject: say('reject.all', { n: people }),
  };
}

/** Approves or rejects everybody in a group, on all its pages. The server refuses if the group is no longer the one shown. */
export function GroupActions({ group, isLead, moveLimit, whyNot }: Props) {
  const [say, sayAction] = [useWords('approvalGroups'), useWords('actions')];
  const refresh = useRefresh();
  // The page refreshes itself; the dialog keeps the group as it was when it opened, but for its seats.
  const [asking, setAsking] = useState<{ decision: Decision; about: ApprovalGroup } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const toast = useToast();
  const about = asking?.about ?? group;
  const asked = verbsFor(say, about, moveLimit);
  const now = verbsFor(say, group, moveLimit);
  const isOwn = group.needSecondPerson === group.people;
  const ownOnly = isOwn ? say('own.all') : null;

  const close = () => setAsking(null);
  const decide = async (decision: Decision, why?: string) => {
    setBusy(true);
    const { runId: run, reason, people, version } = about;
    const answer = await postJson<MoveResult>(`/api/approvals/${decision}`, { run, reason, people, version, why });
    setBusy(false);
    if (sessionEnd.isEnded()) return refresh();
    toast(
      answer.ok
        ? { text: resultText(sayAction, decision, answer.data), deed: answer.data.deed ?? null }
        : { text: answer.message },
    );
    close();
    refresh();
  };
  return (
    <div className={stack.row}>
      <GuardedButton
        appearance={isLead ? 'primary' : 'secondary'}
        whyNot={whyNot ?? ownOnly}
        disabledFocusable={isBusy}
        onClick={() => setAsking({ decision: 'approve', about: group })}
      >
        {now.approve}
      </GuardedButton>
      <GuardedButton
        whyNot={whyNot}
        disabledFocusable={isBusy}
        onClick={() => setAsking({ decision: 'reject', about: group })}
      >
        {now.reject}
      </GuardedButton>
      <ReasonDialog
        title={sayAction('question', { deed: asked.approve })}
        verb={asked.approve}
        why="optional"
        isOpen={asking?.decision === 'approve'}
        isBusy={isBusy}
        close={close}
        act={(why) => decide('approve', why || undefined)}
      >
        <ApprovalSummary group={{ ...about, seats: group.seats }} />
      </ReasonDialog>
      <ReasonDialog
        title={sayAction('question', { deed: asked.reject })}
        verb={asked.reject}
        isOpen={asking?.decision === 'reject'}
        isBusy={isBusy}
        close={close}
        act={(why) => decide('reject', why)}
      >
        <p>{sayAction('rejectMeans')}</p>
      </ReasonDialog>
    </div>
  );
}

/** What an approval means, with the numbers once more. */
function ApprovalSummary({ group: { plans, seats, needSecondPerson } }: { group: ApprovalGroup }) {
  const say = useWords('approvalGroups');
  const short = seats.filter(({ needed, free }) => needed > free);
  return (
    <>
      <ul className={styles.lines}>
        {plans.map(({ text, people }) => (
          <li key={text}>{say.parts('plan', { n: people, plan: text, strong })}</li>
        ))}
      </ul>
      <p>{say('assignedNow')}</p>
      {needSecondPerson > 0 && <p>{say('ownStay', { n: needSecondPerson })}</p>}
      {short.map(({ skuPartNumber, name, needed, free }) => (
        <p key={skuPartNumber}>{say('willWait', { licence: name, free, n: needed - free })}</p>
      ))}
    </>
  );
}
