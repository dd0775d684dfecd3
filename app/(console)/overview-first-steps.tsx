/** The first minute of an installation: what the product does, and three steps to the first mailbox. */
import { CheckCircleFillIcon } from '@primer/octicons-react/CheckCircleFillIcon';
import { CircleIcon } from '@primer/octicons-react/CircleIcon';
import type { ReactNode } from 'react';
import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import type { FirstSteps as Steps } from '#lib/services/overview/overview.ts';
import styles from './overview.module.css';

function Step({ isDone, title, children }: { isDone: boolean; title: string; children: ReactNode }) {
  const Sign = isDone ? CheckCircleFillIcon : CircleIcon;
  return (
    <li className={isDone ? styles.done : undefined}>
      <Sign aria-label={isDone ? 'Done:' : 'To do:'} />
      <strong>{title}</strong>
      <span className="muted">{children}</span>
    </li>
  );
}

function Where({ dropFolder }: { dropFolder: string | null }) {
  if (dropFolder === null)
    return 'Somebody drops a CSV or a workbook into the drop folder, or uploads one under Files.';
  return (
    <>
      Drop a CSV or a workbook into <code>{dropFolder}</code>, or <Link href="/upload">upload one</Link>.
    </>
  );
}

export function FirstSteps({ steps }: { steps: Steps }) {
  const { isConnected, isMapped, hasFile, dropFolder } = steps;
  return (
    <Panel title="Three steps to the first mailbox">
      <div className={stack.stack}>
        <p>
          AutoProvision reads the newcomers that your identity management drops as files, gives each the right Microsoft
          365 licence, and watches until the mailbox opens.
        </p>
        <ol className={styles.firstSteps}>
          <Step isDone={isConnected} title="Connect Microsoft 365">
            {isConnected ? (
              'It answers, and its licences and seats are known.'
            ) : (
              <>
                <Link href="/setup">The guided set-up</Link> tests the connection and says what is missing.
              </>
            )}
          </Step>
          <Step isDone={isMapped} title="Map EmployeeTypes to licences">
            <Link href="/mappings">Mappings</Link> say which licence each EmployeeType gets.
          </Step>
          <Step isDone={hasFile} title="Bring the first file">
            {hasFile ? (
              <>
                It has arrived: <Link href="/files">Files</Link> says what was read from it.
              </>
            ) : (
              <Where dropFolder={dropFolder} />
            )}
          </Step>
        </ol>
      </div>
    </Panel>
  );
}
