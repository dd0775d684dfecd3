import type { Metadata } from 'next';
import { foundOr404, onceFor } from '#app/found.ts';
import type { ItemInput } from '#app/page-input.ts';
import { CopyButton } from '#components/controls/copy-button.tsx';
import { DiagnosisPanel } from '#components/diagnosis/diagnosis-panel.tsx';
import { reasonHelp } from '#components/layout/help-topics.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { PeopleActions } from '#components/people/actions/people-actions.tsx';
import { StateBadge } from '#components/people/badge.tsx';
import { CureLink } from '#components/people/cure-link.tsx';
import { Choices } from '#components/table/choices.tsx';
import { address } from '#components/text/address.ts';
import { strong } from '#components/text/strong.tsx';
import { spanText } from '#components/text/time-text.ts';
import { VisibleText } from '#components/text/visible-text.tsx';
import { Link, OutsideLink } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { Moment } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import { requestLanguage, words } from '#components/words/words.ts';
import { publicAddress, requireOperator } from '#lib/auth/operator.ts';
import { can } from '#lib/auth/roles.ts';
import { isClosed } from '#lib/domain/states.ts';
import { readDiagnosis } from '#lib/services/diagnoses/diagnoses.ts';
import { whyNot } from '#lib/services/http/errors.ts';
import { type Cure, cureOf } from '#lib/services/people/actions/cures.ts';
import { readPerson } from '#lib/services/people/people.ts';
import { Answer } from './answer.tsx';
import { CaseActions } from './case-actions.tsx';
import { Changes } from './changes.tsx';
import { About, Sources } from './facts.tsx';
import { type PersonInWords, personInWords } from './in-words.ts';
import styles from './person.module.css';
import { Playbook } from './playbook.tsx';
import { RowChoices } from './row-choice.tsx';
import { Steps } from './steps.tsx';
import { Technical } from './technical.tsx';
import { ticketText } from './ticket-text.ts';
import { Timeline } from './timeline.tsx';

const load = onceFor(async (id, query) => {
  const path = `/people/${encodeURIComponent(id)}`;
  const operator = await requireOperator('people:read', path);
  const language = await requestLanguage();
  const person = foundOr404(() => readPerson(operator, { id }, language));
  return { operator, path, query, person: personInWords(language, person) };
});

export async function generateMetadata(input: ItemInput): Promise<Metadata> {
  const { person } = await load(input);
  return { title: person.displayName };
}

const TABS = ['steps', 'cause', 'changes', 'technical'] as const;
type Tab = (typeof TABS)[number];

function tabOf(value: unknown): Tab {
  return TABS.find((tab) => tab === value) ?? 'steps';
}

function WhatToDo({ person: { fix, steps } }: { person: PersonInWords }) {
  const say = useWords('person');
  if (steps.length < 2) return <p>{say.parts('whatToDo', { fix: fix ?? say('nothingToDo'), strong })}</p>;
  return (
    <div>
      <p>{say.parts('whatToDo', { fix: '', strong })}</p>
      <ol className={styles.whatToDo}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </div>
  );
}

function Cause({ person }: { person: PersonInWords }) {
  const say = useWords('person');
  const sayTime = useWords('time');
  const same = { state: person.state, reason: person.reason };
  return (
    <div className={styles.cause}>
      <h3>{person.reasonTitle}</h3>
      <p lang={person.lang}>
        <VisibleText text={person.message} />
      </p>
      <WhatToDo person={person} />
      {person.usual && (
        <p className="muted">
          {say('usual', {
            n: person.usual.people,
            half: spanText(sayTime, person.usual.medianMs),
            most: spanText(sayTime, person.usual.p95Ms),
          })}
        </p>
      )}
      <p>
        <Link href={reasonHelp(person.reason)}>{say('inHelp')}</Link>
      </p>
      <p>
        <Link href={address('/people', same)}>{say('sameCause')}</Link>
      </p>
      {person.playbook && <Playbook playbook={person.playbook} />}
    </div>
  );
}

function Content({ tab, person }: { tab: Tab; person: PersonInWords }) {
  const say = useWords('person');
  const removedUntil = person.historyRemovedUntil;
  if (tab === 'cause') return <Cause person={person} />;
  if (tab === 'changes') return <Changes person={person} />;
  if (tab === 'technical') return <Technical person={person} />;
  return (
    <>
      <Steps person={person} />
      <h3 className={styles.apart}>{say('whatHappened')}</h3>
      <Timeline entries={person.timeline} runNumbers={person.runNumbers} />
      {removedUntil !== null && (
        <p className="muted">{say.parts('removed', { when: () => <Moment at={removedUntil} /> })}</p>
      )}
    </>
  );
}

/** What the row says is wrong: correcting it stands first. */
const mendsRow = ({ kind }: Cure) => kind === 'correct' || kind === 'location';

export default async function PersonPage(input: ItemInput) {
  const { operator, path, query, person } = await load(input);
  const say = await words('person');
  const tab = tabOf(query.tab);
  const mayNot = whyNot(operator.role, 'people:act', await requestLanguage());
  const { diagnosis } = readDiagnosis(operator, { upn: person.userPrincipalName }, await requestLanguage());
  const cure = cureOf(person.state, person.reason, person.employeeType);
  const actions = {
    people: [person],
    list: null,
    lead: cure.kind === 'act' ? cure.action : cure.kind === 'approve' ? cure.kind : null,
    whyNot: mayNot,
    mayRemember: can(operator.role, 'mappings:write'),
  };
  const cause = diagnosis?.isOutdated ? null : (diagnosis?.causes[0]?.title ?? null);
  return (
    <>
      <PageHeader
        help="person"
        title={person.displayName}
        within={{ href: '/people', label: (await words('navigation'))('people') }}
        lead={
          <>
            <span>{person.userPrincipalName}</span>
            <StateBadge state={person.state} />
          </>
        }
      />
      <div className={stack.columns}>
        <div className={stack.parts}>
          <Answer person={person}>
            <div className={stack.row}>
              {cure.kind !== 'approve' && <CureLink cure={cure} role={operator.role} people={null} />}
              {person.portal && <OutsideLink href={person.portal.href}>{person.portal.label}</OutsideLink>}
              <CaseActions
                key={person.id}
                person={{ ...person, isClosed: isClosed(person.state) }}
                isCure={mendsRow(cure)}
                whyNot={mayNot}
                lead={
                  <>
                    <PeopleActions {...actions} part="lead" />
                    <CopyButton
                      text={ticketText(
                        { person: say, state: await words('states'), time: await words('time') },
                        person,
                        publicAddress(path),
                        cause,
                      )}
                      keyName="c"
                    >
                      {say('copy')}
                    </CopyButton>
                  </>
                }
                others={<PeopleActions {...actions} part="others" />}
              />
            </div>
          </Answer>
          {person.rowChoices.length > 0 && <RowChoices key={`rows ${person.id}`} person={person} whyNot={mayNot} />}
          {(!isClosed(person.state) || diagnosis !== null) && (
            <DiagnosisPanel userPrincipalName={person.userPrincipalName} diagnosis={diagnosis} whyNot={mayNot} />
          )}
          <Choices
            label={say('about')}
            choices={TABS.map((name) => ({
              label: say(`tab.${name}`),
              href: name === 'steps' ? path : address(path, { tab: name }),
              isChosen: name === tab,
            }))}
          />
          <Panel
            title={say(`tab.${tab}`)}
            aside={
              <a href={address('/api/history/evidence', { personId: person.id })} download>
                {say('evidence')}
              </a>
            }
          >
            <Content tab={tab} person={person} />
          </Panel>
        </div>
        <div className={stack.parts}>
          <About person={person} />
          <Sources sources={person.sources} />
        </div>
      </div>
    </>
  );
}
