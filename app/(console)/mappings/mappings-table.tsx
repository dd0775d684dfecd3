'use client';

import { useMemo } from 'react';
import { Badge } from '#components/people/badge.tsx';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { address } from '#components/text/address.ts';
import { Link } from '#components/ui/link.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { Mappings } from '#lib/services/mappings/mappings.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';

type Row = Mappings['inForce'][number];

type SayMapping = Say<Words['mapping']>;

function Mailbox({ mapping: { mailbox, problem } }: { mapping: Row }) {
  const say = useWords('mapping');
  if (mailbox === 'yes') return <Badge tone="good">{say('yes')}</Badge>;
  const isUnknown = mailbox === 'unknown';
  return (
    <span className={stack.cell}>
      <Badge tone={isUnknown ? 'quiet' : 'warn'}>{say(isUnknown ? 'notKnown' : 'warning')}</Badge>
      <span className={stack.minor}>{isUnknown ? say('firstCycle') : problem}</span>
    </span>
  );
}

function licenceText(say: SayMapping, { skuPartNumber, disabledPlans, freeSeats }: Row['licences'][number]): string {
  return [
    skuPartNumber,
    disabledPlans.length > 0 && say('plansOff', { n: disabledPlans.length }),
    freeSeats !== null && say('seatsFree', { n: freeSeats }),
  ]
    .filter((part) => part !== false)
    .join(', ');
}

/** Whoever may not edit sees the versions instead. */
function mappingHref(type: string, mayEdit: boolean): string {
  return address(mayEdit ? '/mappings/edit' : '/mappings/history', { type });
}

function columns(say: SayMapping, mayEdit: boolean): Column<Row>[] {
  return [
    {
      id: 'type',
      header: say('employeeType'),
      cell: ({ employeeType: type, countsAs }) =>
        countsAs === null ? (
          <Link href={mappingHref(type, mayEdit)}>{type}</Link>
        ) : (
          <span className={stack.cell}>
            {type}
            <span className={stack.minor}>
              {say.parts('overlooked', {
                other: countsAs,
                link: (text) => <Link href={mappingHref(countsAs, mayEdit)}>{text}</Link>,
              })}
            </span>
          </span>
        ),
    },
    {
      id: 'licences',
      header: say('licence'),
      cell: (mapping) => (
        <span className={stack.cell}>
          {mapping.licences.map((licence) => (
            <span key={licence.skuPartNumber}>
              {licence.name} <span className={stack.minor}>{licenceText(say, licence)}</span>
            </span>
          ))}
        </span>
      ),
    },
    {
      id: 'mailbox',
      header: say('mailbox'),
      cell: (mapping) => <Mailbox mapping={mapping} />,
    },
    {
      id: 'location',
      header: say('location'),
      hideBelow: 'tablet',
      cell: ({ usageLocation }) => usageLocation ?? <span className="muted">{say('ofSettings')}</span>,
    },
    {
      id: 'people',
      header: say('openPeople'),
      align: 'end',
      hideBelow: 'tablet',
      cell: ({ employeeType: type, openPeople: n }) => (
        <Link href={address('/people', { type })}>{say('figure', { n })}</Link>
      ),
    },
    {
      id: 'version',
      header: say('versionColumn'),
      hideBelow: 'tablet',
      cell: ({ employeeType: type, version, createdBy, createdAt }) => (
        <span className={stack.cell}>
          <Link href={address('/mappings/history', { type })}>{say('version', { n: version })}</Link>
          <span className={stack.minor}>
            {say.parts('by', {
              who: createdBy === 'engine' ? say('atStart') : createdBy,
              when: () => <Time at={createdAt} />,
            })}
          </span>
        </span>
      ),
    },
  ];
}

export function MappingsTable({ mappings, mayEdit }: { mappings: Row[]; mayEdit: boolean }) {
  const say = useWords('mapping');
  const shown = useMemo(() => columns(say, mayEdit), [say, mayEdit]);
  return <DataTable caption={say('caption')} columns={shown} rows={mappings} rowId={({ id }) => String(id)} />;
}
