import type { Metadata } from 'next';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Badge } from '#components/people/badge.tsx';
import { MissingSeatsList } from '#components/starts/missing-seats.tsx';
import { StartWeeks } from '#components/starts/start-weeks.tsx';
import { address } from '#components/text/address.ts';
import { countText, numberText } from '#components/text/count-text.ts';
import { VisibleText } from '#components/text/visible-text.tsx';
import { Link } from '#components/ui/link.tsx';
import { Nothing, Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { requireOperator } from '#lib/auth/operator.ts';
import { whyNot } from '#lib/auth/roles.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { shortDay } from '#lib/domain/time/days.ts';
import { type LicenceItem, readLicences } from '#lib/services/mappings/licences.ts';
import { readStartForecast, type StartForecast } from '#lib/services/starts/start-forecast.ts';
import styles from './licences.module.css';
import { PlanStarts } from './plan-starts.tsx';

export const metadata: Metadata = { title: 'Licences' };

function Waiting({ licence }: { licence: LicenceItem }) {
  const { waiting, waitingTotal, employeeTypes } = licence;
  if (waitingTotal === 0) return null;
  return (
    <div className={stack.stack}>
      <h3>Waiting list, whoever starts first comes first</h3>
      <ol className={styles.waiting}>
        {waiting.map(({ id, displayName, firstSeenAt, startDate }, index) => (
          <li key={id}>
            <span className="number">{index + 1}.</span>{' '}
            <Link href={`/people/${id}`}>
              <VisibleText text={displayName} />
            </Link>{' '}
            <span className="muted">
              {startDate !== null && `starts ${shortDay(startDate)}, `}since <Time at={firstSeenAt} />
            </span>
          </li>
        ))}
      </ol>
      {waitingTotal > waiting.length && (
        <p>
          <Link
            href={address('/people', {
              state: 'awaiting_seat',
              type: employeeTypes.join(','),
              sort: 'arrival',
              dir: 'asc',
            })}
          >
            All {numberText(waitingTotal)}
          </Link>
        </p>
      )}
    </div>
  );
}

const PROMISED_WORDS: Partial<Record<PersonState, string>> = {
  queued: 'about to be licensed',
  awaiting_sync: 'whose account is not there yet',
  awaiting_seat: 'on the waiting list',
  held: 'held for approval',
};

function PromisedTo({ claims }: { claims: LicenceItem['promisedTo'] }) {
  if (claims.length === 0) return null;
  const words = claims.map(({ state, people }) => `${numberText(people)} ${PROMISED_WORDS[state]}`);
  return <p className="muted">Promised to people: {words.join(', ')}.</p>;
}

function Licence({ licence }: { licence: LicenceItem }) {
  const { bought, used, free, reserved, left } = licence;
  const isShort = reserved > free;
  return (
    <Panel
      title={licence.name}
      aside={
        <span className={styles.badges}>
          {!['Enabled', 'Warning'].includes(licence.capabilityStatus) && <Badge tone="bad">Suspended</Badge>}
          <Badge tone={licence.makesMailbox ? 'good' : 'quiet'}>
            {licence.makesMailbox ? 'Includes a mailbox' : 'No mailbox'}
          </Badge>
        </span>
      }
    >
      <div className={stack.stack}>
        <p className="muted">{licence.skuPartNumber}</p>
        <dl className={styles.numbers}>
          {(
            [
              ['Bought', bought],
              ['Used', used],
              ['Free', free],
              ['Promised', reserved],
              ['Left after that', left],
            ] as const
          ).map(([label, n]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{numberText(n)}</dd>
            </div>
          ))}
        </dl>
        <PromisedTo claims={licence.promisedTo} />
        <p className={isShort ? styles.short : undefined}>{licence.forecast}</p>
        <p>
          {licence.employeeTypes.length === 0 ? (
            <span className="muted">No mapping uses it.</span>
          ) : (
            <>
              {countText(licence.employeeTypes.length, 'mapping uses', 'mappings use')} it:{' '}
              {licence.employeeTypes.map((type, index) => (
                <span key={type}>
                  {index > 0 && ', '}
                  <Link href={address('/mappings/history', { type })}>{type}</Link>
                </span>
              ))}
            </>
          )}
        </p>
        <Waiting licence={licence} />
      </div>
    </Panel>
  );
}

function Starts({ forecast, mayNotPlan }: { forecast: StartForecast; mayNotPlan: string | null }) {
  const { weeks, planned, employeeTypes, today } = forecast;
  return (
    <Panel title="Who starts, and are there seats?">
      <div className={stack.stack}>
        <MissingSeatsList weeks={weeks} />
        {weeks.length === 0 ? (
          <p className="muted">Nobody waits for a licence, and no file names a start date from today on.</p>
        ) : (
          <StartWeeks weeks={weeks} />
        )}
        <PlanStarts planned={planned} employeeTypes={employeeTypes} today={today} whyNot={mayNotPlan} />
      </div>
    </Panel>
  );
}

export default async function LicencesPage() {
  const operator = await requireOperator('mappings:read', '/licences');
  const { items, seenAt } = readLicences(operator);
  const forecast = readStartForecast(operator);
  return (
    <>
      <PageHeader
        help="licences"
        title="Licences"
        lead={
          seenAt !== null && (
            <span>
              As reported by Microsoft 365 <Time at={seenAt} />.
            </span>
          )
        }
      />
      {items.length === 0 ? (
        <Nothing title="No licences are known yet.">
          <p>The first run asks Microsoft 365 for them.</p>
        </Nothing>
      ) : (
        <div className={styles.page}>
          <Starts forecast={forecast} mayNotPlan={whyNot(operator.role, 'people:act')} />
          <div className={styles.grid}>
            {items.map((licence) => (
              <Licence key={licence.skuPartNumber} licence={licence} />
            ))}
          </div>
        </div>
      )}
    </>
  );
}
