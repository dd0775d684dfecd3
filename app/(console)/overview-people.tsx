/** The left column of the overview: problems, who needs attention, who is waiting and for what. */

import { AlertIcon } from '@primer/octicons-react/AlertIcon';
import { use } from 'react';
import { reasonHelp } from '#components/layout/help-topics.ts';
import { PeopleActions } from '#components/people/actions/people-actions.tsx';
import { CureLink, hasPlace } from '#components/people/cure-link.tsx';
import { listText } from '#components/people/list-text.ts';
import { address } from '#components/text/address.ts';
import { spanText } from '#components/text/time-text.ts';
import { unseen } from '#components/text/unseen.tsx';
import { VisibleText } from '#components/text/visible-text.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { ButtonLink, Link } from '#components/ui/link.tsx';
import { Nothing, Panel } from '#components/ui/panel.tsx';
import { Time } from '#components/ui/time.tsx';
import { reasonWords } from '#components/words/reasons.ts';
import { Sentence } from '#components/words/sentence.tsx';
import { useWords } from '#components/words/use-words.ts';
import { requestLanguage } from '#components/words/words.ts';
import { can, type Role } from '#lib/auth/roles.ts';
import type { PersonState } from '#lib/domain/states.ts';
import type { UsualTime } from '#lib/domain/time/usual-time.ts';
import { whyNot } from '#lib/services/http/errors.ts';
import type { CaseGroup } from '#lib/services/overview/cases.ts';
import type { HealthNote } from '#lib/services/overview/health-notes.ts';
import type { WaitingGroup } from '#lib/services/overview/overview.ts';
import { portalOf } from '#lib/services/people/actions/cures.ts';
import { isPossible, type PersonAction } from '#lib/services/people/actions/person-actions.ts';
import type { OpenCases } from '#lib/services/row-cases/open-cases.ts';
import styles from './overview.module.css';
import { CaseLine } from './overview-case.tsx';
import { StayedOut } from './overview-rows.tsx';

export function Health({ notes }: { notes: HealthNote[] }) {
  const say = useWords('overview');
  if (notes.length === 0) return null;
  return (
    <Callout tone="warn" label={say('problems')}>
      <ul className={styles.health}>
        {notes.map(({ code, message, lang, href }) => (
          <li key={code}>
            <AlertIcon aria-hidden="true" />
            <span>
              <Sentence message={message} lang={lang} />
              {href && (
                <>
                  {' '}
                  <Link href={href}>{say('details')}</Link>
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
  const say = useWords('overview');
  const named = first.slice(0, NAMED);
  if (named.length === 0) return say('people', { n: people });
  return (
    <>
      <span>
        <VisibleText text={named.map(({ displayName }) => displayName).join(', ')} />
      </span>{' '}
      {people > named.length && <span className="muted">{say('more', { n: people - named.length })}</span>}
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
  const others = Object.entries(all).filter(([one, n]) => n > 0 && one !== lead);
  return { lead: lead && all[lead] > 0 ? { [lead]: all[lead] } : null, others: Object.fromEntries(others) };
}

/** Where the case is decided, if not here, and what is done there: on the page of the one person, or in the list of all. */
function Open({ group }: { group: CaseGroup }) {
  const say = useWords('overview');
  const [only] = group.first;
  const isOutside = group.cure.kind === 'none' && portalOf(group.reason) !== null;
  if (group.people > 1 || !only)
    return (
      <ButtonLink href={peopleOf(group)} rank="subtle">
        {say(isOutside ? 'seeMany' : group.cure.kind === 'correct' ? 'correctMany' : 'decideMany', { n: group.people })}
      </ButtonLink>
    );
  const whom = { whom: only.displayName, unseen };
  return (
    <ButtonLink href={address(`/people/${only.id}`, isOutside ? { tab: 'cause' } : {})} rank="subtle">
      {isOutside
        ? say.parts('causeAndFix', whom)
        : say.parts(group.cure.kind === 'correct' ? 'correctOne' : 'decideOn', whom)}
    </ButtonLink>
  );
}

function PeopleCase({ group, role }: { group: CaseGroup; role: Role }) {
  const say = useWords('overview');
  const { lead, others } = actionsOf(group);
  const onIt = [...new Set(group.first.flatMap(({ assignedTo }) => assignedTo ?? []))];
  const matching = filterOf(group);
  const ofList = { list: useWords('lists'), state: useWords('states'), reason: use(reasonWords()) };
  const actions = {
    isInLine: true,
    matching,
    list: listText(ofList, matching),
    total: group.people,
    only: group.first[0]?.displayName,
    whyNot: whyNot(role, 'people:act', use(requestLanguage())),
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
        <Link href={reasonHelp(group.reason)}>{say.parts('meaning', { cause: group.title, unseen })}</Link>
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
        {group.people > 1 && <Link href={peopleOf(group)}>{say('all', { n: group.people })}</Link>}
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
  const say = useWords('overview');
  const everyone = groups.reduce((sum, { people }) => sum + people, 0);
  const [people, rows] = [say('people', { n: everyone }), say('rows', { n: stayedOut.cases })];
  return (
    <Panel
      title={say('needsYou')}
      aside={
        everyone + stayedOut.cases > 0 && (
          <span className="muted">
            {[...(everyone > 0 ? [people] : []), ...(stayedOut.cases > 0 ? [rows] : [])].join(', ')}
            {mine > 0 && (
              <>
                , <Link href="/people?mine=1">{say('youAreOn', { n: mine })}</Link>
              </>
            )}
          </span>
        )
      }
    >
      {groups.length === 0 && stayedOut.cases === 0 ? (
        <Nothing
          what="toDo"
          title={say('nobodyNeedsYou')}
          why={
            lastCheckAt === null ? say('noRunYet') : say.parts('lastCheck', { when: () => <Time at={lastCheckAt} /> })
          }
          action={<Link href="/people">{say('seeEverybody')}</Link>}
        />
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
  const say = useWords('overview');
  const usually = (state: PersonState) => usual.find(({ step }) => USUALLY[step] === state);
  return (
    <Panel title={say('waitingList')}>
      {groups.length === 0 ? (
        <Nothing
          what="toDo"
          title={say('nobodyWaits')}
          why={say('newPeople')}
          action={<Link href="/files">{say('toFiles')}</Link>}
        />
      ) : (
        <ul className={styles.waiting}>
          {groups.map((group) => (
            <li key={`${group.state} ${group.reason} ${group.title}`}>
              <span className={styles.count}>{say('figure', { n: group.people })}</span>
              <Link href={peopleOf(group)}>{group.title}</Link>
              <span className={styles.small}>
                <Since group={group} />
                <Usually time={usually(group.state)} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Since({ group: { oldestSince, checkStartsAt } }: { group: WaitingGroup }) {
  const say = useWords('overview');
  const when = () => <Time at={oldestSince} />;
  if (checkStartsAt === null) return say.parts('since', { when });
  return say.parts('sinceAndNext', { when, next: () => <Time at={checkStartsAt} isPlan /> });
}

function Usually({ time }: { time: UsualTime | undefined }) {
  const say = useWords('overview');
  const sayTime = useWords('time');
  if (!time) return null;
  return say('usually', { span: spanText(sayTime, time.medianMs), longest: spanText(sayTime, time.p95Ms) });
}
