'use client';

import { useEffect, useRef } from 'react';
import { Button } from '#components/controls/button.tsx';
import { countText, numberText } from '#components/text/count-text.ts';
import stack from '#components/ui/stack.module.css';
import type { RemovalImpact } from '#lib/services/mappings/mapping-removal.ts';
import styles from './mappings.module.css';

/** The counts, shown in the heading, in the list and on the button. */
function shortText({ attention, waiting, held, licensed }: RemovalImpact): string {
  const parts = [
    countText(attention, 'needs attention', 'need attention'),
    countText(waiting, 'waits', 'wait'),
    held > 0 && `${numberText(held)} held`,
    countText(licensed, 'keeps the licence', 'keep their licence'),
  ];
  return parts.filter((part) => part !== false).join(', ');
}

function Meaning({ impact: { attention, waiting, held, licensed } }: { impact: RemovalImpact }) {
  return (
    <ul className={styles.advice}>
      <li>
        {attention === 0
          ? 'Nobody would need attention at the next check.'
          : `${countText(attention, 'person', 'people')} without a licence would need attention at the next check, or once the account is there.`}
      </li>
      <li>
        {waiting === 0
          ? 'Nobody is waiting for an account.'
          : `${countText(waiting, 'person is waiting', 'people are waiting')} for an account and would need attention once it is there.`}
      </li>
      {held > 0 && <li>{countText(held, 'person stays', 'people stay')} held; an approval could not license them.</li>}
      <li>
        {licensed === 0
          ? 'Nobody was licensed with it.'
          : `${countText(licensed, 'person was', 'people were')} licensed with this EmployeeType and ${licensed === 1 ? 'keeps' : 'keep'} the licence.`}
      </li>
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

/** What removing the mapping would mean, and the confirmation. It takes the focus when it appears. */
export function RemovalCard({ employeeType, impact, isBusy, confirm, cancel }: Props) {
  const card = useRef<HTMLElement>(null);
  useEffect(() => card.current?.focus(), []);
  return (
    <section ref={card} className={styles.impact} aria-label="Impact of removing" tabIndex={-1}>
      <h2>Nobody loses a licence</h2>
      <p>Without a mapping nobody new with EmployeeType {employeeType} can be licensed. Its versions stay known.</p>
      <Meaning impact={impact} />
      <div className={stack.row}>
        <Button appearance="primary" onClick={confirm} disabledFocusable={isBusy}>
          {`Remove: ${shortText(impact)}`}
        </Button>
        <Button onClick={cancel}>Keep the mapping</Button>
      </div>
    </section>
  );
}
