/** A world as plain data, drawn from a seed: who is in it, which files come, what goes wrong and when. Shrinking takes things out of it. */
import type { FaultRule } from '#lib/demo/tenant/faults.ts';
import { drawPerson, type SimulatedPerson } from './people.ts';
import { Dice } from './platform/chance.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How a file is written: everything the intake must read all the same. */
const FILE_SHAPES = [
  'plain',
  'bom',
  'semicolons',
  'latin1',
  'crlf',
  'no_end',
  'bad_row',
  'twice_inside',
  'extra_columns',
] as const;
type FileShape = (typeof FILE_SHAPES)[number];

export interface PlannedFile {
  /** Since the beginning, ms. */
  at: number;
  people: string[];
  shape: FileShape;
  /** People whose type this file names otherwise. */
  otherType: string[];
}

/** A moment between doing and knowing: a mail or a write is accepted, a file is stored and not moved yet. */
export type CrashPoint = 'mail' | 'write' | 'import';

export type Happening =
  /** Microsoft 365 fails in this way. */
  | { kind: 'graph'; rule: FaultRule }
  /** One account refuses for good, or its mailbox does. */
  | { kind: 'account_refuses'; person: string; call: 'assignLicense' | 'mailboxSettings' }
  | { kind: 'permission_missing'; permission: string }
  /** The process is killed: in the middle of its file operations, just after the next thing done, or wherever it waits; it starts again after `forMs`. */
  | { kind: 'crash'; afterOperations: number | null; afterDone: CrashPoint | null }
  /** The service is stopped as its manager does, and started again. */
  | { kind: 'restart' }
  /** A second server on the same data folder. */
  | { kind: 'second_server'; endsBy: 'crash' | 'stop' }
  | { kind: 'clock'; byMs: number }
  | { kind: 'disk'; where: 'share' | 'data'; code: string; probability: number; only?: 'rename' }
  | { kind: 'database_full' }
  /** Another admin takes so many seats, and gives them back later. */
  | { kind: 'seats_taken'; type: 'E' | 'N'; seats: number }
  | { kind: 'renamed'; person: string }
  | { kind: 'deleted'; person: string; comesAgain: boolean }
  | { kind: 'operator'; action: OperatorAction; choice: number };

export type OperatorAction =
  | 'move'
  | 'approve'
  | 'pause'
  | 'edit'
  | 'locate'
  | 'run'
  | 'cancel'
  | 'mapping'
  | 'settings'
  | 'choose'
  | 'dry_run'
  | 'lift_limit'
  | 'ask_again';

/** Something that happens at `at` and is over after `forMs`. */
export interface Disturbance {
  at: number;
  forMs: number;
  happening: Happening;
}

export interface Scenario {
  seed: number;
  /** By the wall clock, ms since 1970. */
  beginsAt: number;
  timeZone: string;
  schedule: string;
  safetyLimit: number;
  attentionCheckHours: number;
  sendsReports: boolean;
  people: SimulatedPerson[];
  files: PlannedFile[];
  /** When a file comes that the service may not read, since the beginning, ms; null: none does. */
  unreadableAt: number | null;
  disturbances: Disturbance[];
  seats: { E: number; N: number };
  behaviour: {
    latencyMs: { read: number; write: number; batch: number };
    replicationLagMs: number;
    licensingLagMs: number;
    refuseParallelLicenceWrites: boolean;
    parallelLicenceWrites: number;
    writesPer150s: number;
  };
  networkMs: number;
  taskMs: number;
  /** From here on nothing is disturbed any more; since the beginning, ms. */
  calmAt: number;
}

/** The hours around the two changes of the clocks in Europe, and ordinary days between them; all after any real time of a file. */
const BEGINNINGS = [
  Date.UTC(2040, 2, 24, 18),
  Date.UTC(2040, 9, 27, 16),
  Date.UTC(2040, 5, 5, 6),
  Date.UTC(2041, 11, 31, 9),
] as const;

/** Within this time of a file most of its people are licensed. */
const SOON_MS = 30 * MINUTE;

const GRAPH_FAULTS = [
  'throttle',
  'unavailable',
  'hang',
  'reset',
  'malformed',
  'lost_answer',
  'server_error',
  'token_refused',
] as const;
const PATHS = [
  '',
  '',
  'assignLicense',
  'subscribedSkus',
  'mailboxSettings',
  'mailboxSettings',
  'batch',
  'token',
  'users',
  'sendMail',
] as const;

function drawHappening(dice: Dice, people: readonly SimulatedPerson[]): Pick<Disturbance, 'happening' | 'forMs'> {
  const anybody = people[dice.between(0, people.length - 1)]?.userPrincipalName ?? '';
  const kind = dice.weighted({
    graph: 30,
    crash: 18,
    operator: 34,
    clock: 3,
    restart: 3,
    second_server: 3,
    disk: 5,
    database_full: 2,
    seats_taken: 5,
    renamed: 3,
    deleted: 2,
    account_refuses: 4,
    permission_missing: 2,
  });
  const short = dice.between(20 * SECOND, 40 * MINUTE);
  switch (kind) {
    case 'graph': {
      const isWritten = dice.chance(0.5);
      const rule: FaultRule = {
        kind: dice.pick(GRAPH_FAULTS),
        match: { path: dice.pick(PATHS) },
        probability: dice.chance(0.2) ? 1 : 0.05 + dice.roll() * 0.6,
        retryAfterS: isWritten ? dice.between(1, 90) : null,
      };
      return { happening: { kind, rule }, forMs: dice.chance(0.1) ? 3 * HOUR : short };
    }
    case 'crash':
      return {
        happening: {
          kind,
          afterOperations: dice.chance(0.4) ? dice.between(0, 60) : null,
          afterDone: dice.chance(0.4) ? dice.pick(['mail', 'write', 'import']) : null,
        },
        forMs: dice.between(1 * SECOND, 3 * MINUTE),
      };
    case 'restart':
      return { happening: { kind }, forMs: dice.between(1 * SECOND, 5 * MINUTE) };
    case 'second_server':
      return {
        happening: { kind, endsBy: dice.pick(['crash', 'stop']) },
        forMs: dice.between(1 * MINUTE, 40 * MINUTE),
      };
    case 'clock':
      return {
        happening: { kind, byMs: dice.pick([HOUR, -HOUR, 26 * HOUR, -5 * MINUTE, 90 * SECOND]) },
        forMs: dice.between(10 * MINUTE, 2 * HOUR),
      };
    case 'disk': {
      const where = dice.pick(['share', 'data']);
      const probability = dice.chance(0.3) ? 1 : dice.roll();
      return { happening: { kind, where, code: dice.pick(['ENOSPC', 'EIO', 'EACCES']), probability }, forMs: short };
    }
    case 'database_full':
      return { happening: { kind }, forMs: dice.between(5 * SECOND, 5 * MINUTE) };
    case 'seats_taken':
      return {
        happening: { kind, type: dice.pick(['E', 'N']), seats: dice.between(1, 10) },
        forMs: dice.between(1 * MINUTE, 5 * HOUR),
      };
    case 'renamed':
      return { happening: { kind, person: anybody }, forMs: 0 };
    case 'deleted':
      return {
        happening: { kind, person: anybody, comesAgain: dice.chance(0.6) },
        forMs: dice.between(5 * MINUTE, 3 * HOUR),
      };
    case 'account_refuses':
      return {
        happening: { kind, person: anybody, call: dice.pick(['assignLicense', 'mailboxSettings']) },
        forMs: dice.between(10 * MINUTE, 6 * HOUR),
      };
    case 'permission_missing':
      return {
        happening: {
          kind,
          permission: dice.pick(['User.ReadWrite.All', 'LicenseAssignment.Read.All', 'MailboxSettings.Read']),
        },
        forMs: short,
      };
    case 'operator':
      return {
        happening: {
          kind,
          action: dice.weighted({
            move: 50,
            approve: 12,
            pause: 6,
            edit: 6,
            locate: 6,
            run: 12,
            cancel: 8,
            mapping: 4,
            settings: 6,
            choose: 10,
            dry_run: 3,
          }),
          choice: dice.between(0, 1_000_000),
        },
        forMs: 0,
      };
  }
}

function drawFiles(dice: Dice, people: readonly SimulatedPerson[], lengthMs: number): PlannedFile[] {
  const names = people.map(({ userPrincipalName }) => userPrincipalName);
  const count = dice.between(1, 3);
  const size = Math.ceil(names.length / count);
  const file = (at: number, whom: string[]): PlannedFile => ({
    at,
    people: whom,
    shape: dice.chance(0.4) ? 'plain' : dice.pick(FILE_SHAPES),
    otherType: [],
  });
  const files = Array.from({ length: count }, (_, n) =>
    file(dice.between(0, Math.min(lengthMs / 2, 4 * HOUR)), names.slice(n * size, (n + 1) * size)),
  );
  // The list of everybody, as it comes every night; and a file that comes twice.
  if (dice.chance(0.3)) files.push(file(dice.between(0, lengthMs), names));
  const [first] = files;
  if (first && dice.chance(0.2)) files.push({ ...first, at: dice.between(first.at, lengthMs) });
  if (dice.chance(0.25)) {
    const some = names.filter(() => dice.chance(0.3));
    if (some.length > 0) files.push({ ...file(dice.between(0, lengthMs), some), otherType: some.slice(0, 1) });
  }
  return files.sort((a, b) => a.at - b.at);
}

/** Whoever is held waits for a yes: where there is a limit, somebody looks after it now and then. */
function drawApprovals(seed: number, files: readonly PlannedFile[], lengthMs: number): Disturbance[] {
  const dice = new Dice(seed ^ 0x5eed);
  return files.flatMap(({ at }) =>
    Array.from({ length: dice.between(1, 3) }, () => ({
      at: Math.min(lengthMs, at + dice.between(2 * MINUTE, 90 * MINUTE)),
      forMs: 0,
      happening: { kind: 'operator' as const, action: 'approve' as const, choice: dice.between(0, 1_000_000) },
    })),
  );
}

/** The limit is lifted, and whoever was held is rejected and asked for again, without a yes. */
function drawInsistence(seed: number, files: readonly PlannedFile[], lengthMs: number): Disturbance[] {
  const dice = new Dice(seed ^ 0xa5c);
  const [first] = files;
  if (!first || dice.chance(0.5)) return [];
  const after = (action: OperatorAction, ms: number): Disturbance => ({
    at: Math.min(lengthMs, first.at + ms),
    forMs: 0,
    happening: { kind: 'operator', action, choice: dice.between(0, 1_000_000) },
  });
  const liftedMs = dice.between(10 * MINUTE, HOUR);
  const asked = Array.from({ length: dice.between(2, 5) }, (_, n) => after('ask_again', liftedMs + n * 7 * MINUTE));
  return [after('lift_limit', liftedMs), ...asked];
}

/** Two files come in one moment, and the share lets one be moved and not the other. */
function drawCollision(seed: number, files: PlannedFile[]): Disturbance[] {
  const dice = new Dice(seed ^ 0xf17e);
  const [first, second] = files;
  if (!first || !second || dice.chance(0.85)) return [];
  second.at = first.at;
  const happening: Happening = {
    kind: 'disk',
    where: 'share',
    code: dice.pick(['EACCES', 'EIO']),
    probability: 0.5,
    only: 'rename',
  };
  return [{ at: first.at, forMs: dice.between(20 * MINUTE, 90 * MINUTE), happening }];
}

/** The world of this seed; always the same. */
export function drawScenario(seed: number): Scenario {
  const dice = new Dice(seed);
  const beginsAt = dice.pick(BEGINNINGS) + dice.between(0, 6 * HOUR);
  const lengthMs = dice.chance(0.2) ? dice.between(10 * HOUR, 28 * HOUR) : dice.between(1 * HOUR, 7 * HOUR);
  const people = Array.from({ length: dice.between(2, 10) }, (_, n) => drawPerson(dice, n + 1, beginsAt, lengthMs));
  // More than Graph takes in one batch.
  const crowd = dice.chance(0.05) ? dice.between(25, 45) : 0;
  for (let n = 0; n < crowd; n += 1) people.push(drawPerson(dice, people.length + 1, beginsAt, lengthMs, 'ordinary'));
  const isScarce = dice.chance(0.35);
  const isQuiet = dice.chance(0.15);
  const files = drawFiles(dice, people, lengthMs);
  // Most of the time nothing is to be done: half of what goes wrong does so soon after a file has come.
  const drawTime = () => {
    const file = dice.chance(0.5) ? files[dice.between(0, files.length - 1)] : undefined;
    return file ? file.at + dice.between(0, SOON_MS) : dice.between(0, lengthMs);
  };
  const disturbances = Array.from({ length: isQuiet ? 0 : dice.between(1, 14) }, () => ({
    at: drawTime(),
    ...drawHappening(dice, people),
  }));
  const isLimited = dice.chance(0.2);
  // Each with dice of its own, so that other worlds stay as they were.
  if (!isQuiet) disturbances.push(...drawCollision(seed, files));
  if (isLimited && !isQuiet)
    disturbances.push(...drawApprovals(seed, files, lengthMs), ...drawInsistence(seed, files, lengthMs));
  disturbances.sort((a, b) => a.at - b.at);
  return {
    seed,
    beginsAt,
    people,
    disturbances,
    timeZone: dice.pick(['UTC', 'Europe/Berlin', 'America/New_York']),
    schedule: dice.pick(['*/15 * * * *', '*/5 * * * *', '0 * * * *', '* * * * *']),
    safetyLimit: isLimited ? dice.between(1, 4) : 0,
    attentionCheckHours: dice.pick([1, 1, 2]),
    sendsReports: dice.chance(0.5),
    files,
    unreadableAt: dice.chance(0.15) ? dice.between(0, lengthMs) : null,
    seats: isScarce ? { E: dice.between(0, 5), N: dice.between(0, 3) } : { E: 100, N: 100 },
    behaviour: {
      latencyMs: { read: dice.between(0, 400), write: dice.between(0, 900), batch: dice.between(0, 200) },
      replicationLagMs: dice.pick([0, 0, dice.between(0, 15 * SECOND), dice.between(0, 60 * SECOND)]),
      licensingLagMs: dice.pick([0, 0, 0, dice.between(0, 90 * SECOND)]),
      refuseParallelLicenceWrites: dice.chance(0.3),
      parallelLicenceWrites: dice.between(1, 4),
      writesPer150s: dice.chance(0.1) ? dice.between(4, 20) : 3000,
    },
    networkMs: dice.between(1, 150),
    taskMs: dice.between(1, 800),
    calmAt: Math.max(lengthMs, ...disturbances.map(({ at, forMs }) => at + forMs)) + MINUTE,
  };
}
