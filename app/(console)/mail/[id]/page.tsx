import type { Metadata } from 'next';
import { foundOr404, onceFor } from '#app/found.ts';
import type { ItemInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Badge } from '#components/people/badge.tsx';
import { mailStatus } from '#components/people/state-labels.ts';
import { RunLink } from '#components/runs/run-link.tsx';
import { type Fact, Facts } from '#components/ui/facts.tsx';
import { Panel } from '#components/ui/panel.tsx';
import styles from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { type MailDetail, readMail } from '#lib/services/mail/mails.ts';

const load = onceFor(async (id) => {
  const operator = await requireOperator('mail:read', `/mail/${encodeURIComponent(id)}`);
  return { mail: foundOr404(() => readMail(operator, { id })) };
});

export async function generateMetadata(input: ItemInput): Promise<Metadata> {
  const { mail } = await load(input);
  return { title: mail.subject };
}

function factsOf(mail: MailDetail): Fact[] {
  return [
    ['From', mail.sender],
    ['To', mail.recipients.join(', ')],
    ['Written', <Time key="written" at={mail.createdAt} />],
    ['Sent', mail.sentAt === null ? 'not yet' : <Time key="sent" at={mail.sentAt} />],
    ['Attempts', mail.attempts],
    ['Next attempt', mail.nextAttemptAt === null ? null : <Time key="next" at={mail.nextAttemptAt} isPlan />],
    ['Sent through', mail.transport === 'graph' ? 'Microsoft Graph' : (mail.transport?.toUpperCase() ?? null)],
    ['Answer', mail.answer],
    ['About', mail.runId && <RunLink key="run" id={mail.runId} number={mail.runNumber} />],
  ];
}

export default async function MailItemPage(input: ItemInput) {
  const { mail } = await load(input);
  const status = mailStatus(await words('documents'), mail.status);
  return (
    <>
      <PageHeader
        help="mail"
        title={mail.subject}
        within={{ href: '/mail', label: 'Mail' }}
        lead={<Badge tone={status.tone}>{status.label}</Badge>}
      />
      <div className={styles.columns}>
        <div className={styles.parts}>
          <Panel title="Text">
            <p className={styles.text}>
              {mail.text || 'The text is no longer kept: it is older than the time set under Settings, Retention.'}
            </p>
          </Panel>
          {mail.attachment && (
            <Panel title={`Attached: ${mail.attachment.name}`}>
              <pre className={styles.text}>{mail.attachment.text}</pre>
            </Panel>
          )}
        </div>
        <Panel title="About">
          <Facts facts={factsOf(mail)} />
        </Panel>
      </div>
    </>
  );
}
