'use client';

import { Button } from '#components/controls/button.tsx';
import { PeopleActions } from '#components/people/people-actions.tsx';
import { PersonCell } from '#components/people/person-cell.tsx';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { numberText } from '#components/text/count-text.ts';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import type { HeldItem } from '#lib/services/approvals/approvals.ts';
import styles from './approvals.module.css';

const COLUMNS: Column<HeldItem>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: (person) => <PersonCell {...person} />,
  },
  { id: 'type', header: 'Type', hideBelow: 'tablet', cell: ({ employeeType }) => employeeType },
  {
    id: 'plan',
    header: 'Would get',
    cell: (person) => (
      <span className={`${stack.cell} ${styles.plan}`}>
        {person.planText}
        {!person.actions.includes('approve') && person.actions.length > 0 && (
          <span className={stack.minor}>
            You brought, changed or mapped this person: a second person has to approve.
          </span>
        )}
      </span>
    ),
  },
  {
    id: 'since',
    header: 'Held since',
    hideBelow: 'tablet',
    cell: (person) => <Time at={person.stateSince} />,
  },
];

interface Props {
  people: HeldItem[];
  whyNot: string | null;
  onDone: (feedback: string) => void;
}

/** The people of a group, to approve or reject some of them. */
export function HeldTable({ people, whyNot, onDone }: Props) {
  return (
    <DataTable
      caption="Held people"
      columns={COLUMNS}
      rows={people}
      rowId={({ id }) => String(id)}
      selection={
        whyNot === null
          ? {
              nameOf: ({ displayName }) => displayName,
              actions: (chosen, clear) => (
                <>
                  <strong className="number">{numberText(chosen.length)} chosen</strong>
                  <PeopleActions
                    people={chosen}
                    whyNot={whyNot}
                    onDone={({ feedback }) => {
                      clear();
                      onDone(feedback);
                    }}
                  />
                  <Button appearance="subtle" onClick={clear}>
                    Choose none
                  </Button>
                </>
              ),
            }
          : undefined
      }
    />
  );
}
