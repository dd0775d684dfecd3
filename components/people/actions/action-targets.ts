/** Whom the buttons of people are about, how they are labelled, and where they send the action. */
import { type Answer, postJson } from '#components/ui/post.ts';
import type { PersonAction } from '#lib/services/people/actions/person-actions.ts';
import type { MoveResult } from '#lib/services/people/actions/seen-people.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';

export type SayActions = Say<Words['actions']>;

/** `locate` sets the usage location of everybody of a list. */
export type Action = PersonAction | 'locate';

/** What can be done with everybody of a list. */
type MatchingAction = Exclude<Action, 'approve' | 'reject' | 'replace' | 'reassign'>;

/** What an action needs to know of a person. */
interface Actionable {
  id: number;
  displayName: string;
  revision: number;
  actions: PersonAction[];
  /** For an approval, or a change of licences: what would be written, as it was seen. */
  plan?: string | null;
  /** For a change of licences: which, in words. */
  replacement?: string;
}

export interface Chosen {
  people: Actionable[];
}

/** Everybody of a list or a group. The server counts again before it does anything. */
export interface Matching {
  /** The search parameters of the people list. */
  matching: Record<string, string>;
  /** With how many of these people each action is possible. */
  possible: Partial<Record<MatchingAction, number>>;
  /** How many people there are. */
  total: number;
  /** Who it is, where they are one. */
  only?: string | undefined;
}

export interface ActionDetails {
  why?: string;
  usageLocation?: string;
  /** "License anyway" counts for everybody with the same EmployeeTypes from now on. */
  remember?: boolean;
}

export interface ActionTarget {
  /** With how many of them the action is possible. */
  countFor(action: Action): number;
  /** Who it is about, by name; null where they are several. */
  onlyOne(action: Action): string | null;
  labelOf(action: Action): string;
  send(action: Action, details: ActionDetails): Promise<Answer<MoveResult>>;
}

function chosenTarget({ people }: Chosen, say: SayActions): ActionTarget {
  const able = (action: Action) => people.filter(({ actions }) => actions.some((one) => one === action));
  return {
    countFor: (action) => able(action).length,
    onlyOne(action) {
      const [only, ...others] = able(action);
      return only && others.length === 0 ? only.displayName : null;
    },
    labelOf(action) {
      const [n, all] = [able(action).length, people.length];
      const verb = action === 'retry' ? say('retryNow') : say(`verb.${action}`);
      const [only] = people;
      // Nobody changes a licence without being told which.
      if (all === 1 && action === 'replace') return only?.replacement ?? verb;
      if (all === 1) return verb;
      return say(`with.${action}`, { whom: n === all ? say('all', { n }) : say('some', { n, all }) });
    },
    send(action, details) {
      const seen = able(action).map(({ id, revision, plan }) => ({ id, revision, plan }));
      return postJson(`/api/people/${action}`, { people: seen, ...details });
    },
  };
}

function matchingTarget({ matching, possible, total, only }: Matching, say: SayActions): ActionTarget {
  const counts: Partial<Record<Action, number>> = possible;
  const countFor = (action: Action) => counts[action] ?? 0;
  return {
    countFor,
    onlyOne: () => (total === 1 ? (only ?? null) : null),
    labelOf(action) {
      const n = countFor(action);
      if (total === 1) return say(`verb.${action}`);
      return say(`with.${action}`, { whom: n === total ? say('people', { n }) : say('some', { n, all: total }) });
    },
    send: (action, details) =>
      postJson('/api/people/matching', { action, matching, expected: countFor(action), ...details }),
  };
}

export function targetOf(people: Chosen | Matching, say: SayActions): ActionTarget {
  return 'people' in people ? chosenTarget(people, say) : matchingTarget(people, say);
}
