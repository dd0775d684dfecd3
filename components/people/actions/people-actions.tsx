'use client';

import { useState } from 'react';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { useRefresh } from '#components/live/use-refresh.ts';
import { useCloseMenu } from '#components/ui/overlays/more.tsx';
import { sessionEnd } from '#components/ui/post.ts';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { MoveResult } from '#lib/services/people/actions/seen-people.ts';
import type { Message } from './action-result.tsx';
import {
  type Action,
  type ActionDetails,
  type Chosen,
  type Matching,
  type SayActions,
  targetOf,
} from './action-targets.ts';
import { choicesOf, isChosen, MEANINGS, NO_CHOICES, QuestionDetails } from './question-details.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { useToast } from './toasts.tsx';

const IN_ORDER = [
  'license_now',
  'license_anyway',
  'replace',
  'keep',
  'reprocess',
  'assign_directly',
  'reassign',
  'locate',
  'approve',
  'retry',
  'reopen',
  'reject',
  'dismiss',
] as const satisfies Action[];

/** What is often the reason, of the actions that are never done without one. */
const REASONS = {
  reject: ['often.wrongFile', 'often.unexpected'],
  dismiss: ['often.left', 'often.byHand', 'often.twice', 'often.noMailbox'],
} as const;
const needsReason = (action: Action): action is keyof typeof REASONS => Object.hasOwn(REASONS, action);

/** On the button that does it. */
function verbOf(say: SayActions, action: Action): string {
  if (action === 'locate') return say('setLocation');
  return action === 'reassign' ? say('reassignNow') : say(`verb.${action}`);
}

function messageOf(say: SayActions, action: Action, { done, refused, deed }: MoveResult): Message {
  const moved = say(`done.${action}`, { n: done.length });
  const [first] = refused;
  return {
    text: first ? say('leftAlone', { done: moved, n: refused.length, why: first.why }) : moved,
    deed: deed ?? null,
    dismissed: action === 'dismiss' && done.length > 0 ? done : undefined,
  };
}

type Props = (Chosen | Matching) & {
  /** Why this operator may not; null: it may. */
  whyNot: string | null;
  /** Whether this operator may change mappings. */
  mayRemember?: boolean;
  /** What mends the cause: it stands first, and is known by its colour. */
  lead?: Action | null;
  /** Only what leads, or only the others; left out: both. */
  part?: 'lead' | 'others';
  /** In a line of a list: every button is of the third rank. */
  isInLine?: boolean;
  /** The list that the people are chosen from, in words: every action with several of them names it, and asks why. */
  list: string | null;
  /** Nothing is done without a reason: these are all the people of a list. */
  needsWhy?: boolean;
  /** It was done, to some of them at least. */
  onDone?: () => void;
};

/** Buttons for what may be done with one person, with many, or with everybody of a list, each with the number it is about; the result stays until it is read. */
export function PeopleActions({
  whyNot,
  mayRemember = false,
  lead = null,
  part,
  isInLine = false,
  list,
  needsWhy = false,
  onDone,
  ...people
}: Props) {
  const say = useWords('actions');
  const refresh = useRefresh();
  const [isBusy, setBusy] = useState(false);
  const toast = useToast();
  const closeMenu = useCloseMenu();
  const [asking, setAsking] = useState<Action | null>(null);
  // Before a dialog is opened for the first time the page does without it.
  const [asked, setAsked] = useState<readonly Action[]>([]);
  const [choices, setChoices] = useState(NO_CHOICES);
  const target = targetOf(people, say);
  const isRequired = (action: Action) => needsReason(action) || needsWhy;
  const asksReason = (action: Action) => isRequired(action) || target.countFor(action) > 1;
  const isAsked = (action: Action) => asksReason(action) || MEANINGS[action] !== undefined;
  const able = IN_ORDER.filter((action) => target.countFor(action) > 0);
  const [first, others] = [able.filter((action) => action === lead), able.filter((action) => action !== lead)];
  const actions = [...(part === 'others' ? [] : first), ...(part === 'lead' ? [] : others)];
  // An open dialog stays, even if the page has changed meanwhile.
  const questions = asked.filter((action) => actions.includes(action) || action === asking);
  const ask = (action: Action) => {
    setAsked((before) => [...before.filter((one) => one !== action), action]);
    setAsking(action);
  };

  const act = async (action: Action, details: ActionDetails = {}) => {
    setBusy(true);
    const answer = await target.send(action, details);
    setBusy(false);
    if (sessionEnd.isEnded()) return refresh();
    toast(answer.ok ? messageOf(say, action, answer.data) : { text: answer.message });
    setAsking(null);
    if (answer.ok) {
      closeMenu();
      onDone?.();
    }
    refresh();
  };
  if (actions.length + questions.length === 0) return null;
  const questionOf = (action: Action) => {
    if (action === 'locate') return say('locationOf', { n: target.countFor(action) });
    const whom = target.onlyOne(action) ?? say('people', { n: target.countFor(action) });
    return say('question', { deed: say(`with.${action}`, { whom }) });
  };

  return (
    <div className={stack.row}>
      {actions.map((action) => (
        <GuardedButton
          key={action}
          whyNot={whyNot}
          appearance={isInLine ? 'subtle' : action === 'approve' || action === lead ? 'primary' : 'secondary'}
          disabledFocusable={isBusy}
          aria-keyshortcuts={action === 'retry' && 'people' in people && people.people.length === 1 ? 'r' : undefined}
          onClick={() => (isAsked(action) ? ask(action) : act(action))}
        >
          {target.labelOf(action)}
        </GuardedButton>
      ))}
      {questions.filter(isAsked).map((action) => (
        <ReasonDialog
          key={action}
          isOpen={asking === action}
          isBusy={isBusy}
          close={() => setAsking(null)}
          title={questionOf(action)}
          verb={verbOf(say, action)}
          {...(needsReason(action) && { reasons: REASONS[action].map((reason) => say(reason)) })}
          why={isRequired(action) ? 'required' : asksReason(action) ? 'optional' : 'none'}
          isReady={isChosen(action, choices)}
          act={(why) => act(action, { ...choicesOf(action, choices), ...(why && { why }) })}
        >
          {list !== null && asksReason(action) && (
            <p>{say('people' in people ? 'chosenIn' : 'everybodyIn', { list })}</p>
          )}
          <QuestionDetails action={action} choices={choices} choose={setChoices} mayRemember={mayRemember} />
        </ReasonDialog>
      ))}
    </div>
  );
}
