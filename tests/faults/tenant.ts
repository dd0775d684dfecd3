/** What Microsoft 365 can do to us: gone, throttling, hanging, resetting, answering nonsense, refusing the secret or a permission. */

import { requestRun } from '#db/store/runs/runs.ts';
import { readQuarantine, writeQuarantine } from '#db/store/system/engine-state.ts';
import type { FaultRule } from '#lib/demo/tenant/faults.ts';
import type { Fault } from './fault.ts';
import { Installation, until } from './installation.ts';

const HEALED_MS = 400_000;
const AT_WORK_MS = 60_000;

/** Strikes in the middle of a cycle of 25 people and ends once it has struck so many requests or so long. */
function whileAtWork(name: string, rules: readonly FaultRule[], lastsMs: number, times: Fault['times']): Fault {
  return {
    name,
    times,
    async run(often) {
      let longest = 0;
      const world = await Installation.start({ people: 25 * often });
      try {
        for (let n = 0; n < often; n += 1) {
          world.drop(25);
          world.cycleIsDue();
          await until(() => world.isAtWork(), AT_WORK_MS);
          await world.tenant.control('POST', 'faults', rules);
          // The fault is to be met: what comes next has no other sign than time.
          await until(() => false, lastsMs);
          await world.tenant.control('DELETE', 'faults');
          longest = Math.max(longest, await world.judge(HEALED_MS));
        }
      } finally {
        await world.stop();
      }
      return longest;
    },
  };
}

const permissionRemoved: Fault = {
  name: 'permission to assign licences removed in mid-run, given back',
  times: { long: 1, short: 0 },
  async run() {
    const world = await Installation.start({ people: 25 });
    const permissions = ['User.ReadWrite.All', 'LicenseAssignment.Read.All', 'MailboxSettings.Read', 'Mail.Send'];
    try {
      await world.tenant.control('POST', 'behaviour', { permissions: permissions.slice(1) });
      world.drop(25);
      world.cycleIsDue();
      await until(() => world.isAtWork(), AT_WORK_MS);
      await until(() => !world.isAtWork(), AT_WORK_MS);
      await world.tenant.control('POST', 'behaviour', { permissions });
      return await world.judge(HEALED_MS);
    } finally {
      await world.stop();
    }
  },
};

const SIX_HOURS_MS = 6 * 3_600_000;

/** Ends the pause before the next attempt, as if it were over, and asks for the attempt. Gives how long the pause would have taken. */
function hurried(world: Installation): number {
  return world.withDatabase((db) => {
    const now = Date.now();
    const quarantine = readQuarantine(db);
    if (quarantine === null || quarantine.nextProbeAt <= now) return 0;
    writeQuarantine(db, { ...quarantine, nextProbeAt: now }, now);
    requestRun(db, { trigger: 'schedule', requestedBy: 'schedule' }, now);
    return quarantine.nextProbeAt - now;
  });
}

const sixHours: Fault = {
  name: 'Microsoft 365 gone for six hours, the pauses between the attempts cut short',
  times: { long: 1, short: 0 },
  async run(times) {
    let longest = 0;
    const world = await Installation.start({ people: 25 * times });
    try {
      for (let n = 0; n < times; n += 1) {
        await world.tenant.control('POST', 'faults', [{ kind: 'reset' }]);
        world.drop(25);
        world.cycleIsDue();
        let goneMs = 0;
        while (goneMs < SIX_HOURS_MS) {
          let pausedMs = 0;
          const hasTried = await until(() => {
            pausedMs = hurried(world);
            return pausedMs > 0;
          }, AT_WORK_MS);
          if (!hasTried) throw new Error('it stopped trying');
          goneMs += pausedMs;
        }
        await world.tenant.control('DELETE', 'faults');
        await until(() => hurried(world) > 0, AT_WORK_MS);
        longest = Math.max(longest, await world.judge(HEALED_MS));
      }
      return longest;
    } finally {
      await world.stop();
    }
  },
};

export const TENANT: readonly Fault[] = [
  whileAtWork('30 s of connection resets', [{ kind: 'reset' }], 30_000, { long: 1, short: 0 }),
  whileAtWork('30 s of 429 with Retry-After 10', [{ kind: 'throttle', retryAfterS: 10 }], 30_000, {
    long: 1,
    short: 0,
  }),
  whileAtWork('one malformed body in three, for 20 s', [{ kind: 'malformed', probability: 0.33 }], 20_000, {
    long: 1,
    short: 0,
  }),
  whileAtWork('one answer in three lost, for 20 s', [{ kind: 'lost_answer', probability: 0.33 }], 20_000, {
    long: 1,
    short: 0,
  }),
  whileAtWork('hangs for 20 s', [{ kind: 'hang', probability: 0.5 }], 20_000, { long: 1, short: 0 }),
  whileAtWork('secret refused for 20 s', [{ kind: 'token_refused' }, { kind: 'forbidden' }], 20_000, {
    long: 1,
    short: 0,
  }),
  permissionRemoved,
  sixHours,
];
