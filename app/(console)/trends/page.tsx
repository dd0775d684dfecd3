import type { Metadata } from 'next';
import { ArrivalsChart } from '#components/charts/arrivals-chart.tsx';
import { SeatsChart } from '#components/charts/seats-chart.tsx';
import { TimesChart } from '#components/charts/times-chart.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Link } from '#components/ui/link.tsx';
import { Nothing, Panel } from '#components/ui/panel.tsx';
import { words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { readTrends } from '#lib/services/trends/trends.ts';
import styles from './trends.module.css';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('trends'))('title') };
}

const csv = (table: string) => `/api/trends/${table}`;

export default async function TrendsPage() {
  const operator = await requireOperator('people:read', '/trends');
  const say = await words('trends');
  const { days, steps, seats } = readTrends(operator);
  return (
    <>
      <PageHeader help="trends" title={say('title')} />
      <div className={styles.charts}>
        <Panel title={say('arrivals')}>
          <ArrivalsChart days={days} csv={csv('days')} />
        </Panel>
        <Panel title={say('toLicence')}>
          <TimesChart weeks={steps.licence} thing="licence" csv={csv('times')} />
        </Panel>
        <Panel title={say('toMailbox')}>
          <TimesChart weeks={steps.mailbox} thing="mailbox" csv={csv('times')} />
        </Panel>
        {seats.map((one) => (
          <Panel key={one.skuPartNumber} title={say('seatsOf', { licence: one.name })}>
            <SeatsChart seats={one} csv={csv('seats')} />
          </Panel>
        ))}
        {seats.length === 0 && (
          <Panel title={say('seats')}>
            <Nothing
              title={say('noSeats')}
              why={say('afterNextRun')}
              action={<Link href="/licences">{say('toLicences')}</Link>}
            />
          </Panel>
        )}
      </div>
    </>
  );
}
