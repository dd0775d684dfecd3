/** The left column of the overview: problems, who needs attention, who is waiting and for what. */
import { AlertIcon } from '@primer/octicons-react/AlertIcon';
import { reasonHelp } from '#components/layout/help-topics.ts';
import { CureLink, hasPlace } from '#components/people/cure-link.tsx';
import { PeopleActions } from '#components/people/people-actions.tsx';
import { address } from '#components/text/address.ts';
import { countText, numberText } from '#components/text/count-text.ts';
import { spanText } from '#components/text/time-text.ts';
import { VisibleText } from '#components/text/visible-text.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { ButtonLink, Link } from '#components/ui/link.tsx';
import { Nothing, Panel } from '#components/ui/panel.tsx';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import { can, type Role, whyNot } from '#lib/auth/roles.ts';
import type { PersonState } from '#lib/domain/states.ts';
import type { UsualTime } from '#lib/domain/time/usual-time.ts';
import type { CaseGroup } from '#lib/services/overview/cases.ts';
import type { HealthNote, WaitingGroup } from '#lib/services/overview/overview.ts';
import { isPossible, type PersonAction } from '#lib/services/people/person-actions.ts';
import type { OpenCases } from '#lib/services/row-cases/open-cases.ts';
import styles from './overview.module.css';
import { CaseLine } from './overview-case.tsx';
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

/** Names on the line of a case. */
const NAMED = 2;

function Names({ people, first }: CaseGroup) {
  const named = first.slice(0, NAMED);
  if (named.length === 0) return countText(people, 'person', 'people');
  return (
    <>
      <span>
        <VisibleText text={named.map(({ displayName }) => displayName).join(', ')} />
      </span>{' '}
      {people > named.length && <span className="muted">+{numberText(people - named.length)}</span>}
    </>
  );
}

/** What the buttons of a group can do: the cure beside its line, everything else below it. */
function actionsOf(group: CaseGroup) {
  const { state, reason, cure, needsHuman, people } = group;
  const possible = (action: PersonAction) => (isPossible(action, state, reason) ? people : 0);
  const all = {
    license_now: possible('license_now'),
    license_anyway: possible('license_anyway'),
    keep: possible('keep'),
    reprocess: possible('reprocess'),
    assign_directly: possible('assign_directly'),
    locate: cure.kind === 'location' ? people : 0,
    retry: state === 'held' ? 0 : possible('retry'),
    dismiss: needsHuman && state !== 'held' ? possible('dismiss') : 0,
  };
  const name = cure.kind === 'location' ? 'locate' : cure.kind === 'act' ? cure.action : null;
  const lead = Object.keys(all).find((one): one is keyof typeof all => one === name) ?? null;
  return { lead: lead && all[lead] > 0 ? { [lead]: all[lead] } : null, others: lead ? { ...all, [lead]: 0 } : all };
}

/** Where the case is decided, if not here: on the page of the one person, or in the list of all. */
function Open({ group }: { group: CaseGroup }) {
  const [only] = group.first;
  const isOne = group.people === 1 && only;
  return (
    <ButtonLink href={isOne ? `/people/${only.id}` : peopleOf(group)}>
      Open<span className="unseen"> {isOne ? only.displayName : countText(group.people, 'person', 'people')}</span>
    </ButtonLink>
  );
}

function PeopleCase({ group, role }: { group: CaseGroup; role: Role }) {
  const { lead, others } = actionsOf(group);
  const onIt = [...new Set(group.first.flatMap(({ assignedTo }) => assignedTo ?? []))];
  const actions = {
    size: 'small',
    matching: filterOf(group),
    total: group.people,
    whyNot: whyNot(role, 'people:act'),
    mayRemember: can(role, 'mappings:write'),
  } as const;
  return (
    <CaseLine
      who={<Names {...group} />}
      title={group.title}
      since={group.oldestSince}
      onIt={onIt.join(', ')}
      action={
        hasPlace(group.cure) ? (
          <CureLink cure={group.cure} role={role} people={group.people} />
        ) : lead ? (
          <PeopleActions {...actions} possible={lead} />
        ) : (
          <Open group={group} />
        )
      }
    >
      <p>
        {group.fix && `${group.fix} `}
        <Link href={reasonHelp(group.reason)}>
          What it means<span className="unseen">: {group.title}</span>
        </Link>
      </p>
      <p>
        {group.first.slice(0, NAMED).map(({ id, displayName }) => (
          <span key={id}>
            <Link href={`/people/${id}`}>
              <VisibleText text={displayName} />
            </Link>
            {group.people > 1 && ', '}
          </span>
        ))}
        {group.people > 1 && <Link href={peopleOf(group)}>all {numberText(group.people)}</Link>}
      </p>
      <PeopleActions {...actions} possible={others} />
    </CaseLine>
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
        <Nothing what="to do" title="Nobody needs you.">
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
            <PeopleCase key={`${group.state} ${group.reason} ${group.title}`} group={group} role={role} />
          ))}
          <StayedOut {...stayedOut} />
        </ul>
      )}
    </Panel>
  );
}

const USUALLY = { synchronisation: 'awaiting_sync', mailbox: 'awaiting_mailbox' } as const;

export function Waiting({ groups, usual }: { groups: WaitingGroup[]; usual: UsualTime[] }) {
  const usually = (state: PersonState) => usual.find(({ step }) => USUALLY[step] === state);
  return (
    <Panel title="Waiting, continues by itself">
      {groups.length === 0 ? (
        <Nothing what="to do" title="Nobody is waiting.">
          <p className="muted">New people appear here as soon as a file names them.</p>
        </Nothing>
      ) : (
        <ul className={styles.waiting}>
          {groups.map((group) => (
            <li key={`${group.state} ${group.reason} ${group.title}`}>
              <span className={styles.count}>{numberText(group.people)}</span>
              <Link href={peopleOf(group)}>{group.title}</Link>
              <span className={styles.small}>
                since <Time at={group.oldestSince} />
                {group.checkStartsAt !== null && (
                  <>
                    , next check <Time at={group.checkStartsAt} isPlan />
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
  const say = useWords('time');
  if (!time) return null;
  return `; here usually ${spanText(say, time.medianMs)}, nearly always within ${spanText(say, time.p95Ms)}`;
}
