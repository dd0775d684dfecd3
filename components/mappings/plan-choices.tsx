'use client';

import { Checkbox } from '#components/controls/choice.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { SkuChoice } from '#lib/services/mappings/mappings.ts';
import styles from './mappings.module.css';

interface Props {
  plans: SkuChoice['plans'];
  /** Ids of the plans that are off. */
  disabled: string[];
  change: (disabled: string[]) => void;
}

function PlanLabel({ plan: { name, rawName, makesMailbox } }: { plan: SkuChoice['plans'][number] }) {
  const say = useWords('mapping');
  const shown = name ?? rawName;
  return (
    <span className={styles.plan}>
      <span>{makesMailbox ? say('planMailbox', { name: shown }) : shown}</span>
      {name !== null && <span className={stack.minor}>{rawName}</span>}
    </span>
  );
}

/** The service plans of a licence, each on or off. */
export function PlanChoices({ plans, disabled, change }: Props) {
  return (
    <div className={styles.plans}>
      {plans.map((plan) => (
        <Checkbox
          key={plan.id}
          label={<PlanLabel plan={plan} />}
          checked={!disabled.includes(plan.id)}
          onChange={(checked) => change(checked ? disabled.filter((id) => id !== plan.id) : [...disabled, plan.id])}
        />
      ))}
    </div>
  );
}
