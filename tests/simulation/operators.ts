/** Operators who click: through the product's own services, on what they see, whether that is wise or not. */
import type { Operator } from '#lib/auth/operator.ts';
import type { Settings } from '#lib/domain/settings.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { ServiceError } from '#lib/services/http/errors.ts';
import { publishMapping } from '#lib/services/mappings/mapping-changes.ts';
import { PEOPLE_VERBS } from '#lib/services/people/actions/people-verbs.ts';
import { possibleActions } from '#lib/services/people/actions/person-actions.ts';
import { editPersonValues, setLocation } from '#lib/services/people/actions/person-edits.ts';
import { chooseRow } from '#lib/services/people/actions/row-choice.ts';
import { cancelRun, startRun } from '#lib/services/runs/run-requests.ts';
import { readSettings, saveSettings } from '#lib/services/settings/settings.ts';
import type { Observer } from './observer.ts';
import { Dice } from './platform/chance.ts';
import { virtualTime } from './platform/virtual-time.ts';
import type { OperatorAction } from './scenario.ts';

export const ADMIN: Operator = { key: 'sim/admin', name: 'Admin', email: 'admin@contoso.example', role: 'Admin' };

/** What the clicks make of the expectations about people. */
export interface Touched {
  people: Set<string>;
  /** EmployeeTypes whose mapping was changed, in lower case. */
  types: Set<string>;
  /** Settings that decide who is licensed were changed. */
  rules: boolean;
  safetyLimits: number[];
}

interface SeenPerson {
  id: number;
  revision: number;
  upn: string;
  state: PersonState;
  reason: string;
  type: string;
  plan: string | null;
}

/** One action, as the dice of `choice` have it. Returns what was done in words; null where there was nothing to do or it was refused. */
export function act(seen: Observer, action: OperatorAction, choice: number, touched: Touched): string | null {
  const dice = new Dice(choice);
  try {
    return ACTIONS[action]({ seen, dice, touched });
  } catch (error) {
    if (error instanceof ServiceError) return null;
    throw error;
  }
}

interface Scene {
  seen: Observer;
  dice: Dice;
  touched: Touched;
}

function somebody({ seen, dice }: Scene, where = '1 = 1', ...given: unknown[]): SeenPerson | null {
  const rows = seen.all<SeenPerson>(
    `select id, revision, user_principal_name as upn, state, reason, employee_type as type, held_plan as plan
       from people where ${where} order by id`,
    ...given,
  );
  return rows[dice.between(0, rows.length - 1)] ?? null;
}

const ACTIONS: Record<OperatorAction, (scene: Scene) => string | null> = {
  move(scene) {
    // Whoever is due may be looked up at this moment.
    const isDue = scene.dice.chance(0.6);
    const person = (isDue ? somebody(scene, 'next_check_at <= ?', virtualTime.now()) : null) ?? somebody(scene);
    const [first, ...others] = person ? possibleActions(person.state, person.reason, person.plan) : [];
    if (!person || !first) return null;
    const action = scene.dice.pick([first, ...others]);
    const { id, revision, upn, plan } = person;
    const seenPerson = action === 'approve' ? { id, revision, plan } : { id, revision };
    PEOPLE_VERBS[action](ADMIN, { people: [seenPerson], why: 'as agreed' });
    // A retry asks for what happens anyway.
    if (action !== 'retry') scene.touched.people.add(upn);
    return `${action} ${upn}`;
  },
  approve(scene) {
    const person = somebody(scene, `state = 'held' and reason <> 'rows_disagree'`);
    if (!person) return null;
    const { id, revision, upn, plan } = person;
    PEOPLE_VERBS.approve(ADMIN, { people: [{ id, revision, plan }], why: 'as agreed' });
    scene.touched.people.add(upn);
    return `approve ${upn}`;
  },
  pause() {
    const paused = !readSettings(ADMIN).settings.paused;
    saveSettings(ADMIN, { paused });
    return `paused: ${paused}`;
  },
  edit(scene) {
    const person = somebody(scene);
    if (!person) return null;
    const { id, revision, upn, type } = person;
    const userPrincipalName = scene.dice.chance(0.3) ? `edited.${upn}` : upn;
    const employeeType = scene.dice.chance(0.7) ? scene.dice.pick(['E', 'N', 'X']) : type;
    editPersonValues(ADMIN, { id, revision, userPrincipalName, employeeType, usageLocation: '' });
    scene.touched.people.add(upn).add(userPrincipalName);
    return `edit ${upn}`;
  },
  locate(scene) {
    const person = somebody(scene);
    if (!person) return null;
    const { id, revision, upn } = person;
    setLocation(ADMIN, { people: [{ id, revision }], usageLocation: scene.dice.pick(['DE', 'US', 'KP']) });
    scene.touched.people.add(upn);
    return `locate ${upn}`;
  },
  run: ({ dice }) => `run ${startRun(ADMIN, { checkAll: dice.chance(0.3) }).runId}`,
  dry_run: () => `dry run ${startRun(ADMIN, { dryRun: true }).runId}`,
  cancel({ seen }) {
    const run = seen.get<{ id: string }>(
      `select id from runs where status in ('queued', 'running') order by id limit 1`,
    );
    if (!run) return null;
    cancelRun(ADMIN, { id: run.id });
    return `cancel ${run.id}`;
  },
  mapping({ seen, dice, touched }) {
    const employeeType = dice.pick(['E', 'N', 'X']);
    const base = seen.get<{ id: number }>(
      'select id from mappings where employee_type_key = ? and retired_at is null',
      employeeType.toLowerCase(),
    );
    const licences = [{ skuPartNumber: dice.pick(['EXCHANGESTANDARD', 'EXCHANGEDESKLESS', 'ENTERPRISEPACK']) }];
    publishMapping(ADMIN, {
      employeeType,
      licences,
      usageLocation: 'US',
      baseId: base?.id ?? null,
      release: dice.chance(0.5),
    });
    touched.types.add(employeeType.toLowerCase());
    return `mapping ${employeeType}`;
  },
  settings({ dice, touched }) {
    const { settings } = readSettings(ADMIN);
    const change: Partial<Settings> = dice.pick([
      { paused: !settings.paused },
      { leadTime: dice.pick([14, 0, 30, 'at_once']) },
      { waitUntilEnabled: !settings.waitUntilEnabled },
      { safetyLimit: dice.between(0, 5) },
      { newestRowWins: !settings.newestRowWins },
      { defaultUsageLocation: dice.pick(['GB', 'US']) },
    ]);
    saveSettings(ADMIN, change);
    if ('leadTime' in change || 'waitUntilEnabled' in change || 'newestRowWins' in change) touched.rules = true;
    if (change.safetyLimit !== undefined) touched.safetyLimits.push(change.safetyLimit);
    return `settings ${JSON.stringify(change)}`;
  },
  lift_limit({ touched }) {
    saveSettings(ADMIN, { safetyLimit: 0 });
    touched.safetyLimits.push(0);
    return 'no safety limit any more';
  },
  ask_again(scene) {
    const rejected = somebody(scene, `state = 'needs_attention' and approval_needed_since is not null`);
    const person = rejected ?? somebody(scene, `state = 'held' and approval_needed_since is not null`);
    if (!person) return null;
    const { id, revision, upn } = person;
    scene.touched.people.add(upn);
    if (rejected) PEOPLE_VERBS.retry(ADMIN, { people: [{ id, revision }], why: 'asked again' });
    else PEOPLE_VERBS.reject(ADMIN, { people: [{ id, revision }], why: 'not now' });
    return `${rejected ? 'retry' : 'reject'} ${upn}`;
  },
  choose(scene) {
    const person = somebody(scene, `state = 'held' and reason = 'rows_disagree'`);
    if (!person) return null;
    const rows = scene.seen.all<{ fileId: string; line: number }>(
      'select file_id as fileId, line from intake_rows where person_id = ? order by id',
      person.id,
    );
    const row = rows[scene.dice.between(0, rows.length - 1)];
    if (!row) return null;
    chooseRow(ADMIN, { id: person.id, revision: person.revision, ...row });
    scene.touched.people.add(person.upn);
    return `choose ${person.upn}`;
  },
};
