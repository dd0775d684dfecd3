/** The left column of the overview: problems, who needs attention, who is waiting and for what. */
import { AlertIcon } from '@primer/octicons-react/AlertIcon';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { reasonHelp } from '#components/layout/help-topics.ts';
import { StateBadge } from '#components/people/badge.tsx';
import { PeopleActions } from '#components/people/people-actions.tsx';
import { address } from '#components/text/address.ts';
import { countText, numberText } from '#components/text/count-text.ts';
import { spanText } from '#components/text/time-text.ts';
import { Callout } from '#components/ui/callout.tsx';
import { ButtonLink, Link } from '#components/ui/link.tsx';
import { Nothing, Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { can, type Role, whyNot } from '#lib/auth/roles.ts';
import type { PersonState } from '#lib/domain/states.ts';
import type { UsualTime } from '#lib/domain/usual-time.ts';
import type { CaseGroup } from '#lib/services/overview/cases.ts';
import type { HealthNote } from '#lib/services/overview/overview.ts';
import { isPossible, type PersonAction } from '#lib/services/people/person-actions.ts';
import type { OpenCases } from '#lib/services/row-cases/open-cases.ts';
import styles from './overview.module.css';
import { StayedOut } from './overview-rows.tsx';

export function Health({ notes }: { notes: HealthNote[] }) {
  if (notes.length === 0) return null;
  return (
    <Callout tone="warn" label="Problems">
      <ul className={styles.health}>
        {notes.map(({ code, message, href }) => (
          <li key={code}>
            <AlertIcon aria-hidden="true" />
            <span>
              {message}
              {href && (
                <>
                  {' '}
                  <Link href={href}>See details</Link>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Callout>
  );
}

function filterOf({ state, reason, employeeTypes }: CaseGroup): Record<string, string> {
  const filter = { state, reason };
  return employeeTypes.length === 0 ? filter : { ...filter, type: employeeTypes.join(',') };
}

const peopleOf = (group: CaseGroup) => address('/people', filterOf(group));

/** The one click that resolves the whole group, with the number of people it releases. */
function NextStepButton({ group, role }: { group: CaseGroup; role: Role }) {
  const { nextStep } = group;
  const people = countText(group.people, 'person', 'people');
  if (nextStep.kind === 'approve') return <ButtonLink href="/approvals">Approve or reject {people}</ButtonLink>;
  if (nextStep.kind === 'seats') return <ButtonLink href="/licences">See the waiting list of {people}</ButtonLink>;
  if (nextStep.kind !== 'map') return null;
  const mayNot = whyNot(role, 'mappings:write');
  const words = `Map ${nextStep.employeeType} and release ${people}`;
  if (mayNot !== null)
    return (
      <GuardedButton whyNot={mayNot} size="small">
        {words}
      </GuardedButton>
    );
  return <ButtonLink href={address('/mappings/edit', { type: nextStep.employeeType, release: 1 })}>{words}</ButtonLink>;
}

function CaseActions({ group, role }: { group: CaseGroup; role: Role }) {
  const possible = (action: PersonAction) => (isPossible(action, group.state, group.reason) ? group.people : 0);
  return (
    <div className={`${stack.row} ${styles.actions}`}>
      <NextStepButton group={group} role={role} />
      <PeopleActions
        size="small"
        matching={filterOf(group)}
        total={group.people}
        whyNot={whyNot(role, 'people:act')}
        mayRemember={can(role, 'mappings:write')}
        possible={{
          license_now: possible('license_now'),
          license_anyway: possible('license_anyway'),
          keep: possible('keep'),
          reprocess: possible('reprocess'),
          assign_directly: possible('assign_directly'),
          locate: group.nextStep.kind === 'location' ? group.people : 0,
          retry: group.state === 'held' ? 0 : possible('retry'),
          dismiss: group.needsHuman && group.state !== 'held' ? possible('dismiss') : 0,
        }}
      />
    </div>
  );
}

interface NeedsYouProps {
  groups: CaseGroup[];
  stayedOut: OpenCases;
  mine: number;
  lastCheckAt: number | null;
  role: Role;
}

export function NeedsYou({ groups, stayedOut, mine, lastCheckAt, role }: NeedsYouProps) {
  const everyone = groups.reduce((sum, { people }) => sum + people, 0);
  const [people, rows] = [countText(everyone, 'person', 'people'), countText(stayedOut.cases, 'row', 'rows')];
  return (
    <Panel
      title="Needs you"
      aside={
        everyone + stayedOut.cases > 0 && (
          <span className="muted">
            {[...(everyone > 0 ? [people] : []), ...(stayedOut.cases > 0 ? [rows] : [])].join(', ')}
            {mine > 0 && (
              <>
                , <Link href="/people?mine=1">you are on {numberText(mine)}</Link>
              </>
            )}
          </span>
        )
      }
    >
      {groups.length === 0 && stayedOut.cases === 0 ? (
        <Nothing title="Nobody needs you.">
          <p className="muted">
            {lastCheckAt === null ? (
              'No run has ended yet.'
            ) : (
              <>
                Last check <Time at={lastCheckAt} />.
              </>
            )}
          </p>
        </Nothing>
      ) : (
        <ul className={styles.cases}>
          {groups.map((group) => (
            <li key={`${group.state} ${group.reason} ${group.title}`} className={`${styles.divided} ${styles.case}`}>
              <span className={styles.count}>{numberText(group.people)}</span>
              <div className={styles.words}>
                <Link href={peopleOf(group)} className={styles.cause}>
                  {group.title}
                </Link>
                <span>
                  {group.fix && `${group.fix} `}
                  <Link href={reasonHelp(group.reason)}>
                    What it means<span className="unseen">: {group.title}</span>
                  </Link>
                </span>
                <span className={styles.small}>
                  <StateBadge state={group.state} />
                  <span>
                    first one <Time at={group.oldestSince} />
                  </span>
                </span>
              </div>
              <CaseActions group={group} role={role} />
            </li>
          ))}
          <StayedOut {...stayedOut} />
        </ul>
      )}
    </Panel>
  );
}

const USUALLY = { synchronisation: 'awaiting_sync', mailbox: 'awaiting_mailbox' } as const;

export function Waiting({ groups, usual }: { groups: CaseGroup[]; usual: UsualTime[] }) {
  const usually = (state: PersonState) => usual.find(({ step }) => USUALLY[step] === state);
  return (
    <Panel title="Waiting, continues by itself">
      {groups.length === 0 ? (
        <Nothing title="Nobody is waiting.">
          <p className="muted">New people appear here as soon as a file names them.</p>
        </Nothing>
      ) : (
        <ul className={styles.waiting}>
          {groups.map((group) => (
            <li key={`${group.state} ${group.reason} ${group.title}`}>
              <span className={styles.count}>{numberText(group.people)}</span>
              <Link href={peopleOf(group)}>{group.title}</Link>
              <StateBadge state={group.state} />
              <span className={styles.small}>
                since <Time at={group.oldestSince} />
                {group.nextCheckAt !== null && (
                  <>
                    , next check <Time at={group.nextCheckAt} isPlan />
                  </>
                )}
                <Usually time={usually(group.state)} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Usually({ time }: { time: UsualTime | undefined }) {
  if (!time) return null;
  return `; here usually ${spanText(time.medianMs)}, nearly always within ${spanText(time.p95Ms)}`;
}
