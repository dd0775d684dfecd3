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
import { useWords } from '#components/words/use-words.ts';
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

function About({ mail }: { mail: MailDetail }) {
  const [say, sayTable] = [useWords('mail'), useWords('mails')];
  const facts: Fact[] = [
    [say('from'), mail.sender],
    [sayTable('to'), mail.recipients.join(', ')],
    [sayTable('written'), <Time key="written" at={mail.createdAt} />],
    [say('sent'), mail.sentAt === null ? say('notYet') : <Time key="sent" at={mail.sentAt} />],
    [say('attempts'), mail.attempts],
    [say('nextAttempt'), mail.nextAttemptAt === null ? null : <Time key="next" at={mail.nextAttemptAt} isPlan />],
    [say('sentThrough'), mail.transport === 'graph' ? 'Microsoft Graph' : (mail.transport?.toUpperCase() ?? null)],
    [say('answer'), mail.answer],
    [say('run'), mail.runId && <RunLink key="run" id={mail.runId} number={mail.runNumber} />],
  ];
  return (
    <Panel title={say('about')}>
      <Facts facts={facts} />
    </Panel>
  );
}

export default async function MailItemPage(input: ItemInput) {
  const { mail } = await load(input);
  const say = await words('mail');
  const status = mailStatus(await words('documents'), mail.status);
  return (
    <>
      <PageHeader
        help="mail"
        title={mail.subject}
        within={{ href: '/mail', label: (await words('navigation'))('mail') }}
        lead={<Badge tone={status.tone}>{status.label}</Badge>}
      />
      <div className={styles.columns}>
        <div className={styles.parts}>
          <Panel title={say('text')}>
            <p className={styles.text}>{mail.text || say('noLongerKept')}</p>
          </Panel>
          {mail.attachment && (
            <Panel title={say('attached', { name: mail.attachment.name })}>
              <pre className={styles.text}>{mail.attachment.text}</pre>
            </Panel>
          )}
        </div>
        <About mail={mail} />
      </div>
    </>
  );
}
