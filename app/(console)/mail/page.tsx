import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { MAIL_STATUSES } from '#components/people/state-labels.ts';
import { Choices } from '#components/table/choices.tsx';
import { Pager } from '#components/table/pager.tsx';
import { address } from '#components/text/address.ts';
import { Link } from '#components/ui/link.tsx';
import { Nothing } from '#components/ui/panel.tsx';
import styles from '#components/ui/stack.module.css';
import { words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { listMails } from '#lib/services/mail/mails.ts';
import { MailsTable } from './mails-table.tsx';

export const metadata: Metadata = { title: 'Mail' };

export default async function MailPage({ searchParams }: PageInput) {
  const operator = await requireOperator('mail:read', '/mail');
  const list = listMails(operator, await searchParams);
  const say = await words('documents');
  const { status } = list.query;
  return (
    <>
      <PageHeader help="mail" title="Mail" lead="The reports of runs, as their recipients get them." />
      <div className={styles.stack}>
        <Choices
          label="Status"
          choices={[
            { label: 'All', href: '/mail', isChosen: status === null },
            ...MAIL_STATUSES.map((name) => ({
              label: say(`mail.${name}`),
              href: address('/mail', { status: name }),
              isChosen: status === name,
            })),
          ]}
        />
        {list.items.length > 0 && <MailsTable mails={list.items} />}
        {list.items.length === 0 && status === null && (
          <Nothing title="No report yet.">
            <p>A run that has something to report writes one, if recipients are named in Settings.</p>
          </Nothing>
        )}
        {list.items.length === 0 && status !== null && (
          <Nothing what="matches" title="No mail has this status.">
            <p>
              <Link href="/mail">Show all mails</Link>
            </p>
          </Nothing>
        )}
        {list.items.length > 0 && <Pager {...list} of="mails" hrefOf={(page) => address('/mail', { status, page })} />}
      </div>
    </>
  );
}
