/** After an operator changed something about people, a run for just these starts at once: the answer comes within seconds. */
import type { Tx } from '#db/client.ts';
import { requestRun } from '#db/store/runs/runs.ts';
import type { Operator } from '#lib/auth/operator.ts';

/** Call it in the transaction of the change. */
export function checkAtOnce(tx: Tx, operator: Operator, ids: readonly number[], now: number): void {
  const people = ids.map((id) => ({ id, mappingId: null }));
  requestRun(tx, { trigger: 'operator', requestedBy: operator.name, selection: { kind: 'chosen', people } }, now);
}
