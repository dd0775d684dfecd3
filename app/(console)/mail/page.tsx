import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { address } from '#components/address.ts';
import { Choices } from '#components/choices.tsx';
import { Link } from '#components/link.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { Pager } from '#components/pager.tsx';
import { Nothing } from '#components/panel.tsx';
import styles from '#components/stack.module.css';
import { MAIL_WORDS } from '#components/state-words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { listMails } from '#lib/services/mails.ts';
import { MailsTable } from './mails-table.tsx';

export const metadata: Metadata = { title: 'Mail' };

export default async function MailPage({ searchParams }: PageInput) {
  const operator = await requireOperator('mail:read', '/mail');
  const list = listMails(operator, await searchParams);
  const { status } = list.query;
  return (
    <>
      <PageHeader title="Mail" lead="Reports that runs wrote, as their readers get them." />
      <div className={styles.stack}>
        <Choices
          label="Status"
          choices={[
            { word: 'All', href: '/mail', isChosen: status === null },
            ...Object.entries(MAIL_WORDS).map(([name, { word }]) => ({
              word,
              href: address('/mail', { status: name }),
              isChosen: status === name,
            })),
          ]}
        />
        {list.items.length > 0 && <MailsTable mails={list.items} />}
        {list.items.length === 0 && status === null && (
          <Nothing title="No report yet.">
            <p>A run that has something to say writes one, if recipients are named in Settings.</p>
          </Nothing>
        )}
        {list.items.length === 0 && status !== null && (
          <Nothing title="No mail is in this status.">
            <p>
              <Link href="/mail">Show all mails</Link>
            </p>
          </Nothing>
        )}
        {list.items.length > 0 && (
          <Pager {...list} one="mail" many="mails" hrefOf={(page) => address('/mail', { status, page })} />
        )}
      </div>
    </>
  );
}
