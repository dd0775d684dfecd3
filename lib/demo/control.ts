/** The demo tenant's own controls under `/_demo`: clock, faults, people, ledger. On loopback only, like everything here. */
import { z } from 'zod';
import { type Answer, graphError } from './answers.ts';
import { behaviourSchema, faultSchema } from './behaviour.ts';
import type { Graph } from './graph.ts';
import { seedUser, type UserSeed } from './tenant.ts';

const userSeeds = z.object({
  users: z.array(
    z.custom<UserSeed>((value) => typeof value === 'object' && value !== null && 'userPrincipalName' in value),
  ),
});
const clockSchema = z.object({ advanceMs: z.number() });

function refused(problem: string): Answer {
  return graphError(400, 'BadRequest', problem);
}

export function answerControl(graph: Graph, method: string, path: string, body: unknown): Answer {
  const { tenant, faults } = graph;
  switch (`${method} ${path}`) {
    case 'GET /_demo/health':
      return { status: 200, body: { ok: true } };
    case 'GET /_demo/ledger':
      return { status: 200, body: { ledger: tenant.ledger } };
    case 'GET /_demo/state':
      return { status: 200, body: { ...tenant.state(), counters: graph.counters, behaviour: graph.behaviour } };
    case 'POST /_demo/faults': {
      const fault = faultSchema.safeParse(body);
      if (!fault.success) return refused(z.prettifyError(fault.error));
      faults.add(fault.data);
      return { status: 204 };
    }
    case 'DELETE /_demo/faults':
      faults.clear();
      return { status: 204 };
    case 'POST /_demo/behaviour': {
      const change = behaviourSchema.partial().safeParse(body);
      if (!change.success) return refused(z.prettifyError(change.error));
      graph.behaviour = { ...graph.behaviour, ...change.data };
      tenant.replicationLagMs = graph.behaviour.replicationLagMs;
      return { status: 204 };
    }
    case 'POST /_demo/clock': {
      const change = clockSchema.safeParse(body);
      if (!change.success) return refused('advanceMs is missing.');
      tenant.clockOffsetMs += change.data.advanceMs;
      return { status: 200, body: { now: tenant.now() } };
    }
    case 'POST /_demo/users': {
      const change = userSeeds.safeParse(body);
      if (!change.success) return refused('users is missing.');
      for (const seed of change.data.users) tenant.put(seedUser(seed, tenant.now()));
      return { status: 204 };
    }
    default:
      return graphError(404, 'NotFound', 'There is no such control.');
  }
}
