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

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('navigation'))('mail') };
}

export default async function MailPage({ searchParams }: PageInput) {
  const operator = await requireOperator('mail:read', '/mail');
  const list = listMails(operator, await searchParams);
  const [say, sayTable, sayStatus] = [await words('mail'), await words('mails'), await words('documents')];
  const { status } = list.query;
  return (
    <>
      <PageHeader help="mail" title={(await words('navigation'))('mail')} lead={say('lead')} />
      <div className={styles.stack}>
        <Choices
          label={sayTable('status')}
          choices={[
            { label: say('all'), href: '/mail', isChosen: status === null },
            ...MAIL_STATUSES.map((name) => ({
              label: sayStatus(`mail.${name}`),
              href: address('/mail', { status: name }),
              isChosen: status === name,
            })),
          ]}
        />
        {list.items.length > 0 && <MailsTable mails={list.items} />}
        {list.items.length === 0 && (
          <Nothing
            what={status === null ? 'yet' : 'matches'}
            title={say(status === null ? 'noReport' : 'noneInStatus')}
            why={say(status === null ? 'whenWritten' : 'othersHidden')}
            action={
              status === null ? <Link href="/runs">{say('toRuns')}</Link> : <Link href="/mail">{say('showAll')}</Link>
            }
          />
        )}
        {list.items.length > 0 && <Pager {...list} of="mails" hrefOf={(page) => address('/mail', { status, page })} />}
      </div>
    </>
  );
}
