/** The left column of the overview: what is unwell, who needs a human, who waits and for what. */
import { ChevronRightRegular } from '@fluentui/react-icons/headless/svg/chevron-right';
import { WarningRegular } from '@fluentui/react-icons/headless/svg/warning';
import { StateBadge } from '#components/badge.tsx';
import { countText, numberText } from '#components/count-text.ts';
import { Link } from '#components/link.tsx';
import { Nothing, Panel } from '#components/panel.tsx';
import { Time } from '#components/time.tsx';
import type { HealthNote, ReasonGroup } from '#lib/services/overview.ts';
import styles from './overview.module.css';

export function Health({ notes }: { notes: HealthNote[] }) {
  if (notes.length === 0) return null;
  return (
    <section aria-label="What is not well" className={styles.health}>
      <ul>
        {notes.map(({ code, message, href }) => (
          <li key={code}>
            <WarningRegular aria-hidden="true" />
            <span>
              {message}
              {href && (
                <>
                  {' '}
                  <Link href={href}>Look at it</Link>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const peopleOf = ({ state, reason }: ReasonGroup) => `/people?${new URLSearchParams({ state, reason })}`;

export function NeedsYou({ groups, lastLookAt }: { groups: ReasonGroup[]; lastLookAt: number | null }) {
  const everyone = groups.reduce((sum, { people }) => sum + people, 0);
  return (
    <Panel
      title="Needs you"
      aside={everyone > 0 && <span className="muted">{countText(everyone, 'person', 'people')}</span>}
    >
      {groups.length === 0 ? (
        <Nothing title="Nobody needs you.">
          <p className="muted">
            {lastLookAt === null ? (
              'No run has ended yet.'
            ) : (
              <>
                Last looked <Time at={lastLookAt} />.
              </>
            )}
          </p>
        </Nothing>
      ) : (
        <ul className={styles.cases}>
          {groups.map((group) => (
            <li key={`${group.state} ${group.reason}`} className={styles.divided}>
              <Link href={peopleOf(group)} className={styles.case}>
                <span className={styles.count}>{numberText(group.people)}</span>
                <span className={styles.words}>
                  <strong>{group.title}</strong>
                  {group.fix && <span>{group.fix}</span>}
                  <span className={styles.small}>
                    <StateBadge state={group.state} />
                    <span>
                      first one <Time at={group.oldestSince} />
                    </span>
                  </span>
                </span>
                <ChevronRightRegular aria-hidden="true" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

export function Waiting({ groups }: { groups: ReasonGroup[] }) {
  return (
    <Panel title="Waiting, goes on by itself">
      {groups.length === 0 ? (
        <Nothing title="Nobody waits.">
          <p className="muted">New people appear here as soon as a file names them.</p>
        </Nothing>
      ) : (
        <ul className={styles.waiting}>
          {groups.map((group) => (
            <li key={`${group.state} ${group.reason}`}>
              <span className={styles.count}>{numberText(group.people)}</span>
              <Link href={peopleOf(group)}>{group.title}</Link>
              <StateBadge state={group.state} />
              <span className={styles.small}>
                since <Time at={group.oldestSince} />
                {group.nextLookAt !== null && (
                  <>
                    , next look <Time at={group.nextLookAt} isPlan />
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
