'use client';

import { Button } from '#components/controls/button.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { RemovalImpact } from '#lib/services/mappings/mapping-removal.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import { FocusedCard } from './focused-card.tsx';
import styles from './mappings.module.css';

/** The counts on the button. */
function shortText(say: Say<Words['mapping']>, { attention, waiting, held, licensed }: RemovalImpact): string {
  const parts = [
    say('short.attention', { n: attention }),
    say('short.waiting', { n: waiting }),
    held > 0 && say('short.held', { n: held }),
    say('short.licensed', { n: licensed }),
  ];
  return parts.filter((part) => part !== false).join(', ');
}

function Meaning({ impact: { attention, waiting, held, licensed } }: { impact: RemovalImpact }) {
  const say = useWords('mapping');
  return (
    <ul className={styles.advice}>
      <li>{attention === 0 ? say('noAttention') : say('attention', { n: attention })}</li>
      <li>{waiting === 0 ? say('noWaiting') : say('waiting', { n: waiting })}</li>
      {held > 0 && <li>{say('held', { n: held })}</li>}
      <li>{licensed === 0 ? say('noLicensed') : say('licensed', { n: licensed })}</li>
    </ul>
  );
}

interface Props {
  employeeType: string;
  impact: RemovalImpact;
  isBusy: boolean;
  confirm: () => void;
  cancel: () => void;
}

/** What removing the mapping would mean, and the confirmation. */
export function RemovalCard({ employeeType, impact, isBusy, confirm, cancel }: Props) {
  const say = useWords('mapping');
  return (
    <FocusedCard label={say('removal')} title={say('nobodyLoses')}>
      <p>{say('without', { type: employeeType })}</p>
      <Meaning impact={impact} />
      <div className={stack.row}>
        <Button appearance="primary" onClick={confirm} disabledFocusable={isBusy}>
          {say('removeNow', { counts: shortText(say, impact) })}
        </Button>
        <Button onClick={cancel}>{say('keep')}</Button>
      </div>
    </FocusedCard>
  );
}
