import type { Metadata } from 'next';
import { ArrivalsChart } from '#components/charts/arrivals-chart.tsx';
import { SeatsChart } from '#components/charts/seats-chart.tsx';
import { TimesChart } from '#components/charts/times-chart.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Nothing, Panel } from '#components/ui/panel.tsx';
import { requireOperator } from '#lib/auth/operator.ts';
import { readTrends } from '#lib/services/trends/trends.ts';
import styles from './trends.module.css';

export const metadata: Metadata = { title: 'Trends' };

const csv = (table: string) => `/api/trends/${table}`;

export default async function TrendsPage() {
  const operator = await requireOperator('people:read', '/trends');
  const { days, steps, seats } = readTrends(operator);
  return (
    <>
      <PageHeader help="trends" title="Trends" />
      <div className={styles.charts}>
        <Panel title="Arrivals and openings">
          <ArrivalsChart days={days} csv={csv('days')} />
        </Panel>
        <Panel title="From the first row to the licence">
          <TimesChart weeks={steps.licence} thing="licence" csv={csv('times')} />
        </Panel>
        <Panel title="From the licence to the mailbox">
          <TimesChart weeks={steps.mailbox} thing="mailbox" csv={csv('times')} />
        </Panel>
        {seats.map((one) => (
          <Panel key={one.skuPartNumber} title={`Seats of ${one.name}`}>
            <SeatsChart seats={one} csv={csv('seats')} />
          </Panel>
        ))}
        {seats.length === 0 && (
          <Panel title="Seats">
            <Nothing title="No seats to show yet.">
              <p>They appear after the next run, for every licence that a mapping assigns.</p>
            </Nothing>
          </Panel>
        )}
      </div>
    </>
  );
}
