import type { Metadata } from 'next';
import { foundOr404 } from '#app/found.ts';
import type { ItemInput } from '#app/page-input.ts';
import { StateBadge } from '#components/badge.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { Panel } from '#components/panel.tsx';
import { PeopleActions } from '#components/people-actions.tsx';
import { currentOperator, requireOperator } from '#lib/auth/operator.ts';
import { readPerson } from '#lib/services/people.ts';
import { Answer } from './answer.tsx';
import { About, Sources } from './facts.tsx';
import styles from './person.module.css';
import { Timeline } from './timeline.tsx';

/** The person's name stands in the tab; for those who may not read it, nothing does. */
export async function generateMetadata({ params }: ItemInput): Promise<Metadata> {
  const operator = await currentOperator();
  if (!operator) return {};
  const { id } = await params;
  return { title: foundOr404(() => readPerson(operator, { id })).displayName };
}

export default async function PersonPage({ params }: ItemInput) {
  const { id } = await params;
  const operator = await requireOperator('people:read', `/people/${encodeURIComponent(id)}`);
  const person = foundOr404(() => readPerson(operator, { id }));
  return (
    <>
      <PageHeader
        title={person.displayName}
        within={{ href: '/people', word: 'People' }}
        lead={
          <>
            <span>{person.userPrincipalName}</span>
            <StateBadge state={person.state} />
          </>
        }
      />
      <div className={styles.columns}>
        <div className={styles.column}>
          <Answer person={person}>
            <PeopleActions people={[person]} />
          </Answer>
          <Panel title="What happened">
            <Timeline entries={person.timeline} />
          </Panel>
        </div>
        <div className={styles.column}>
          <About person={person} />
          <Sources sources={person.sources} />
        </div>
      </div>
    </>
  );
}
