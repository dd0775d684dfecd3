'use client';

import { useMemo } from 'react';
import { Badge } from '#components/people/badge.tsx';
import { mailStatus } from '#components/people/state-labels.ts';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { Link } from '#components/ui/link.tsx';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { MailItem } from '#lib/services/mail/mails.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';

function Status({ mail }: { mail: MailItem }) {
  const { label, tone } = mailStatus(useWords('documents'), mail.status);
  return <Badge tone={tone}>{label}</Badge>;
}

function columns(say: Say<Words['mails']>): Column<MailItem>[] {
  return [
    {
      id: 'subject',
      header: say('subject'),
      cell: (mail) => <Link href={`/mail/${mail.id}`}>{mail.subject}</Link>,
    },
    {
      id: 'status',
      header: say('status'),
      cell: (mail) => <Status mail={mail} />,
    },
    {
      id: 'to',
      header: say('to'),
      hideBelow: 'desktop',
      cell: (mail) => mail.recipients.join(', '),
    },
    {
      id: 'written',
      header: say('written'),
      hideBelow: 'tablet',
      cell: (mail) => <Time at={mail.createdAt} />,
    },
  ];
}

export function MailsTable({ mails }: { mails: MailItem[] }) {
  const say = useWords('mails');
  const shown = useMemo(() => columns(say), [say]);
  return <DataTable caption={say('caption')} columns={shown} rows={mails} rowId={({ id }) => String(id)} />;
}
