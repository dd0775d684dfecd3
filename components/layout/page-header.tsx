import type { ReactNode } from 'react';
import { VisibleText } from '#components/text/visible-text.tsx';
import { Link } from '#components/ui/link.tsx';
import { useWords } from '#components/words/use-words.ts';
import { HELP_TOPICS, type HelpTopic } from './help-topics.ts';
import styles from './page-header.module.css';

/** The top of a page: where it lies, its name, its part of Help, and what can be done here. */
export function PageHeader(props: {
  title: string;
  /** What of Help explains this page; null on the pages of Help. */
  help: HelpTopic | null;
  /** The list that this page is an item of. */
  within?: { href: string; label: string };
  /** Shown under the title. */
  lead?: ReactNode;
  actions?: ReactNode;
}) {
  const say = useWords('navigation');
  const heading = (
    <h1>
      <VisibleText text={props.title} />
    </h1>
  );
  const help = props.help && (
    <Link href={HELP_TOPICS[props.help]} className={styles.help} aria-label={say('helpHere')}>
      {say('help')}
    </Link>
  );
  return (
    <div className={styles.header}>
      {props.within || props.lead ? (
        <div className={styles.words}>
          {props.within && (
            <p>
              <Link href={props.within.href}>{props.within.label}</Link>
            </p>
          )}
          {heading}
          {props.lead && <div className={styles.lead}>{props.lead}</div>}
        </div>
      ) : (
        heading
      )}
      {props.actions ? (
        <div className={styles.side}>
          {props.actions}
          {help}
        </div>
      ) : (
        help
      )}
    </div>
  );
}
