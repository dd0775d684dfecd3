import type { Metadata } from 'next';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Badge } from '#components/people/badge.tsx';
import { MissingSeatsList } from '#components/starts/missing-seats.tsx';
import { StartWeeks } from '#components/starts/start-weeks.tsx';
import { address } from '#components/text/address.ts';
import { shortDayText } from '#components/text/time-text.ts';
import { VisibleText } from '#components/text/visible-text.tsx';
import { Link } from '#components/ui/link.tsx';
import { Nothing, Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import { requestLanguage, words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { whyNot } from '#lib/services/http/errors.ts';
import { type LicenceItem, readLicences } from '#lib/services/mappings/licences.ts';
import { readStartForecast, type StartForecast } from '#lib/services/starts/start-forecast.ts';
import styles from './licences.module.css';
import { PlanStarts } from './plan-starts.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('licences'))('title') };
}

function Waiting({ licence }: { licence: LicenceItem }) {
  const say = useWords('licences');
  const { waiting, waitingTotal, employeeTypes } = licence;
  const sayTime = useWords('time');
  if (waitingTotal === 0) return null;
  return (
    <div className={stack.stack}>
      <h3>{say('waitingList')}</h3>
      <ol className={styles.waiting}>
        {waiting.map(({ id, displayName, firstSeenAt, startDate }, index) => (
          <li key={id}>
            <span className="number">{index + 1}.</span>{' '}
            <Link href={`/people/${id}`}>
              <VisibleText text={displayName} />
            </Link>{' '}
            <span className="muted">
              {startDate === null
                ? say.parts('since', { when: () => <Time at={firstSeenAt} /> })
                : say.parts('startsSince', {
                    day: shortDayText(sayTime, startDate),
                    when: () => <Time at={firstSeenAt} />,
                  })}
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
            {say('all', { n: waitingTotal })}
          </Link>
        </p>
      )}
    </div>
  );
}

const PROMISED = ['queued', 'awaiting_sync', 'awaiting_seat', 'held'] as const;

function PromisedTo({ claims }: { claims: LicenceItem['promisedTo'] }) {
  const say = useWords('licences');
  const whom = claims.flatMap(({ state, people }) => {
    const known = PROMISED.find((one) => one === state);
    return known ? [say(`promised.${known}`, { n: people })] : [];
  });
  return whom.length > 0 && <p className="muted">{say('promisedTo', { whom: whom.join(', ') })}</p>;
}

function Licence({ licence }: { licence: LicenceItem }) {
  const say = useWords('licences');
  const saySeats = useWords('seats');
  const { bought, used, free, reserved, left, waitingTotal } = licence;
  const isShort = licence.forecast[0] === 'tooFew' || licence.forecast[0] === 'tooFewLater';
  return (
    <Panel
      title={licence.name}
      aside={
        <span className={styles.badges}>
          {!['Enabled', 'Warning'].includes(licence.capabilityStatus) && <Badge tone="bad">{say('suspended')}</Badge>}
          <Badge tone={licence.makesMailbox ? 'good' : 'quiet'}>
            {say(licence.makesMailbox ? 'mailbox' : 'noMailbox')}
          </Badge>
        </span>
      }
    >
      <div className={stack.stack}>
        <p className="muted">{licence.skuPartNumber}</p>
        <dl className={styles.numbers}>
          {(
            [
              ['bought', bought],
              ['used', used],
              ['free', free],
              ['promised', reserved],
              ['left', left],
            ] as const
          ).map(([label, n]) => (
            <div key={label}>
              <dt>{say(label)}</dt>
              <dd>{say('figure', { n })}</dd>
            </div>
          ))}
        </dl>
        <PromisedTo claims={licence.promisedTo} />
        <p className={isShort ? `${styles.short} ${waitingTotal > 0 ? styles.now : ''}` : undefined}>
          {saySeats.told(licence.forecast)}
        </p>
        <p>
          {licence.employeeTypes.length === 0 ? (
            <span className="muted">{say('noMapping')}</span>
          ) : (
            say.parts('usedBy', {
              n: licence.employeeTypes.length,
              types: () =>
                licence.employeeTypes.map((type, index) => (
                  <span key={type}>
                    {index > 0 && ', '}
                    <Link href={address('/mappings/history', { type })}>{type}</Link>
                  </span>
                )),
            })
          )}
        </p>
        <Waiting licence={licence} />
      </div>
    </Panel>
  );
}

function Starts({ forecast, mayNotPlan }: { forecast: StartForecast; mayNotPlan: string | null }) {
  const say = useWords('licences');
  const { weeks, planned, employeeTypes, today } = forecast;
  return (
    <Panel title={say('starts')}>
      <div className={stack.stack}>
        <MissingSeatsList weeks={weeks} />
        {weeks.length === 0 ? <p className="muted">{say('nobodyStarts')}</p> : <StartWeeks weeks={weeks} />}
        <PlanStarts planned={planned} employeeTypes={employeeTypes} today={today} whyNot={mayNotPlan} />
      </div>
    </Panel>
  );
}

export default async function LicencesPage() {
  const operator = await requireOperator('mappings:read', '/licences');
  const { items, seenAt } = readLicences(operator);
  const say = await words('licences');
  const forecast = readStartForecast(operator);
  return (
    <>
      <PageHeader
        help="licences"
        title={say('title')}
        lead={seenAt !== null && <span>{say.parts('asReported', { when: () => <Time at={seenAt} /> })}</span>}
      />
      {items.length === 0 ? (
        <Nothing title={say('noneYet')} why={say('firstRunAsks')} action={<Link href="/runs">{say('toRuns')}</Link>} />
      ) : (
        <div className={styles.page}>
          <Starts forecast={forecast} mayNotPlan={whyNot(operator.role, 'people:act', await requestLanguage())} />
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
