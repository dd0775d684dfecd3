/** The last cycles as bars, in words already. Pure. */
import { runStatus, type Status } from '#components/people/state-labels.ts';
import type { Cycle } from '#components/runs/cycle-bar.tsx';
import type { CycleGlance } from '#lib/services/overview/cycles.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';

/** Red only where a cycle failed; amber where somebody is needed. */
const TONES: Partial<Record<Status['tone'], Cycle['tone']>> = { bad: 'bad', warn: 'warn' };

/** The more people were checked, the taller, by powers of ten: one cycle may check ten thousand times as many as the next. */
export function toCycles(
  say: Say<Words['overview']>,
  sayState: Say<Words['states']>,
  cycles: readonly CycleGlance[],
): Cycle[] {
  const most = Math.log10(1 + Math.max(1, ...cycles.map(({ people }) => people)));
  return cycles.map((cycle) => {
    const { label, tone } = runStatus(sayState, cycle);
    const { people, attention } = cycle;
    return {
      id: cycle.id,
      at: cycle.at,
      title: say('cycle', { n: `${cycle.number}` }),
      // One that ended early says nothing of who was due.
      said: say(cycle.status === 'completed' ? 'cycleSaid' : 'endedSaid', { status: label, n: people, attention }),
      tone: TONES[tone] ?? (attention > 0 ? 'warn' : 'good'),
      height: Math.log10(1 + people) / most,
    };
  });
}
