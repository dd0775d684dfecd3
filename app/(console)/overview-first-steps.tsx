/** The first minute of an installation: what the product does, and three steps to the first mailbox. */
import { CheckCircleFillIcon } from '@primer/octicons-react/CheckCircleFillIcon';
import { CircleIcon } from '@primer/octicons-react/CircleIcon';
import type { ReactNode } from 'react';
import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { FirstSteps as Steps } from '#lib/services/overview/overview.ts';
import styles from './overview.module.css';

function Step({ isDone, title, children }: { isDone: boolean; title: string; children: ReactNode }) {
  const say = useWords('overview');
  const Sign = isDone ? CheckCircleFillIcon : CircleIcon;
  return (
    <li className={isDone ? styles.done : undefined}>
      <Sign aria-label={say(isDone ? 'done' : 'toDo')} />
      <strong>{title}</strong>
      <span className="muted">{children}</span>
    </li>
  );
}

function Where({ dropFolder }: { dropFolder: string | null }) {
  const say = useWords('overview');
  if (dropFolder === null) return say('somebodyDrops');
  return say.parts('drop', {
    folder: () => <code>{dropFolder}</code>,
    upload: (inside) => <Link href="/upload">{inside}</Link>,
  });
}

export function FirstSteps({ steps }: { steps: Steps }) {
  const say = useWords('overview');
  const { isConnected, isMapped, hasFile, dropFolder } = steps;
  return (
    <Panel title={say('threeSteps')}>
      <div className={stack.stack}>
        <p>{say('product')}</p>
        <ol className={styles.firstSteps}>
          <Step isDone={isConnected} title={say('connect')}>
            {isConnected
              ? say('connected')
              : say.parts('testConnection', { setup: (inside) => <Link href="/setup">{inside}</Link> })}
          </Step>
          <Step isDone={isMapped} title={say('map')}>
            {say.parts('mappings', { mappings: (inside) => <Link href="/mappings">{inside}</Link> })}
          </Step>
          <Step isDone={hasFile} title={say('bring')}>
            {hasFile ? (
              say.parts('arrived', { files: (inside) => <Link href="/files">{inside}</Link> })
            ) : (
              <Where dropFolder={dropFolder} />
            )}
          </Step>
        </ol>
      </div>
    </Panel>
  );
}
