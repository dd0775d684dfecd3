'use client';

import { Badge } from '#components/people/badge.tsx';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { address } from '#components/text/address.ts';
import { numberText } from '#components/text/count-text.ts';
import { Link } from '#components/ui/link.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import type { Mappings } from '#lib/services/mappings/mappings.ts';

type Row = Mappings['inForce'][number];

function Mailbox({ mapping: { mailbox, problem } }: { mapping: Row }) {
  if (mailbox === 'yes') return <Badge tone="good">Yes</Badge>;
  const isUnknown = mailbox === 'unknown';
  return (
    <span className={stack.cell}>
      <Badge tone={isUnknown ? 'quiet' : 'warn'}>{isUnknown ? 'Not known yet' : 'Warning'}</Badge>
      <span className={stack.minor}>{isUnknown ? 'The first cycle reads the licences.' : problem}</span>
    </span>
  );
}

const COLUMNS: Column<Row>[] = [
  {
    id: 'type',
    header: 'EmployeeType',
    cell: (mapping) => (
      <Link href={address('/mappings/edit', { type: mapping.employeeType })}>{mapping.employeeType}</Link>
    ),
  },
  {
    id: 'licences',
    header: 'Licence',
    cell: (mapping) => (
      <span className={stack.cell}>
        {mapping.licences.map(({ skuPartNumber, name, disabledPlans, freeSeats }) => (
          <span key={skuPartNumber}>
            {name}{' '}
            <span className={stack.minor}>
              {skuPartNumber}
              {disabledPlans.length > 0 && `, ${disabledPlans.length} service plans off`}
              {freeSeats !== null && `, ${numberText(freeSeats)} seats free`}
            </span>
          </span>
        ))}
      </span>
    ),
  },
  {
    id: 'mailbox',
    header: 'Mailbox',
    cell: (mapping) => <Mailbox mapping={mapping} />,
  },
  {
    id: 'location',
    header: 'Location',
    hideBelow: 'tablet',
    cell: (mapping) => mapping.usageLocation ?? <span className="muted">of Settings</span>,
  },
  {
    id: 'people',
    header: 'Open people',
    align: 'end',
    hideBelow: 'tablet',
    cell: (mapping) => (
      <Link href={address('/people', { type: mapping.employeeType })}>{numberText(mapping.openPeople)}</Link>
    ),
  },
  {
    id: 'version',
    header: 'Version',
    hideBelow: 'tablet',
    cell: (mapping) => (
      <span className={stack.cell}>
        <Link href={address('/mappings/history', { type: mapping.employeeType })}>{`Version ${mapping.version}`}</Link>
        <span className={stack.minor}>
          {mapping.createdBy === 'engine' ? 'at the start' : mapping.createdBy}, <Time at={mapping.createdAt} />
        </span>
      </span>
    ),
  },
];

export function MappingsTable({ mappings }: { mappings: Row[] }) {
  return <DataTable caption="Mappings in force" columns={COLUMNS} rows={mappings} rowId={({ id }) => String(id)} />;
}
