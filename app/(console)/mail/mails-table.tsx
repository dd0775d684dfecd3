'use client';

import { Badge } from '#components/people/badge.tsx';
import { mailStatus } from '#components/people/state-labels.ts';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { Link } from '#components/ui/link.tsx';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { MailItem } from '#lib/services/mail/mails.ts';

function Status({ mail }: { mail: MailItem }) {
  const { label, tone } = mailStatus(useWords('documents'), mail.status);
  return <Badge tone={tone}>{label}</Badge>;
}

const COLUMNS: Column<MailItem>[] = [
  {
    id: 'subject',
    header: 'Subject',
    cell: (mail) => <Link href={`/mail/${mail.id}`}>{mail.subject}</Link>,
  },
  {
    id: 'status',
    header: 'Status',
    cell: (mail) => <Status mail={mail} />,
  },
  {
    id: 'to',
    header: 'To',
    hideBelow: 'desktop',
    cell: (mail) => mail.recipients.join(', '),
  },
  {
    id: 'written',
    header: 'Written',
    hideBelow: 'tablet',
    cell: (mail) => <Time at={mail.createdAt} />,
  },
];

export function MailsTable({ mails }: { mails: MailItem[] }) {
  return <DataTable caption="Report mails" columns={COLUMNS} rows={mails} rowId={({ id }) => String(id)} />;
}
