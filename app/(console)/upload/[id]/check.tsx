'use client';

import { Button } from '#components/controls/button.tsx';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import progress from '#components/runs/progress.module.css';
import { countText, numberText } from '#components/text/count-text.ts';
import { Link } from '#components/ui/link.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import type { DraftPreview } from '#lib/services/drafts/draft-preview.ts';
import type { DraftDetail } from '#lib/services/drafts/drafts.ts';
import styles from './draft-editor.module.css';
import type { DraftState } from './use-draft.ts';

const isUnderWay = ({ status }: DraftPreview) => status === 'queued' || status === 'running';

function Progress({ preview }: { preview: DraftPreview }) {
  const { peopleDone, peopleDue } = preview;
  return (
    <div role="status">
      <p className="number">
        {peopleDue === 0
          ? 'Asking Microsoft 365 what would happen. Nothing is written …'
          : `Checked ${numberText(peopleDone)} of ${countText(peopleDue, 'person', 'people')}. Nothing is written …`}
      </p>
      <progress
        className={progress.bar}
        aria-label="People checked"
        value={peopleDue === 0 ? undefined : peopleDone}
        max={peopleDue || 1}
      />
    </div>
  );
}

function Found({ preview, people }: { preview: DraftPreview; people: number }) {
  if (isUnderWay(preview)) return <Progress preview={preview} />;
  if (preview.problem) return <p role="alert">{preview.problem}</p>;
  if (!preview.result) return null;
  return (
    <div role="status" className={preview.isCurrent ? undefined : styles.outdated}>
      <p className={styles.sentence}>{preview.result.sentence}</p>
      {preview.result.people < people && (
        <p>
          <strong>Only the first {countText(preview.result.people, 'person', 'people')} were checked</strong>, of{' '}
          {numberText(people)}: the others are checked once they are imported.
        </p>
      )}
      <p className="muted">
        {preview.isCurrent ? 'Checked against Microsoft 365' : 'The file was changed since it was checked'}{' '}
        {preview.finishedAt !== null && <Time at={preview.finishedAt} />}; nothing was written.{' '}
        <Link href={`/runs/${preview.runId}`}>Details of this check</Link>
      </p>
    </div>
  );
}

/** The label of the import button: "Import 48 people: 42 get Exchange Online (Plan 1) …". */
function importText(people: number, preview: DraftPreview | null): string {
  const count = `Import ${countText(people, 'person', 'people')}`;
  if (!preview?.result || !preview.isCurrent) return `${count} without a check`;
  // What was found for the first of many says nothing about how many in all.
  if (preview.result.people < people) return count;
  const [first, ...others] = preview.result.groups;
  return first ? `${count}: ${first.text}${others.length > 0 ? ' …' : ''}` : count;
}

/** The dry run and the import button. */
export function Check(props: { editor: DraftState; draft: DraftDetail; onImported: (fileId: string) => void }) {
  const { editor, draft } = props;
  const { preview } = editor;
  const { ok, known, rejected } = draft.counts;
  const people = ok + known;
  if (draft.columnProblems.length > 0) return <p>First choose the columns below.</p>;
  if (draft.counts.rows === 0) return <p>There is nobody to import: discard it, or upload a file with rows.</p>;
  if (people === 0) return <p>Nobody in this file can be imported as it is. Correct the rows below, or discard it.</p>;
  const isReady = preview?.isCurrent === true && preview.result !== null;
  const isWaiting = preview?.isCurrent === true && isUnderWay(preview);
  const importNow = async () => {
    const imported = await editor.importDraft();
    if (imported) props.onImported(imported.fileId);
  };
  return (
    <>
      {preview && <Found preview={preview} people={people} />}
      {rejected > 0 && (
        <p>
          {countText(rejected, 'row stays', 'rows stay')} out unless corrected below
          {rejected === 1 ? '; it is' : '; they are'} kept with the file all the same.
        </p>
      )}
      <div className={stack.row}>
        {!isReady && !isWaiting && (
          <Button appearance="primary" disabledFocusable={editor.isBusy} onClick={editor.check}>
            {preview ? 'Check again' : 'Check against Microsoft 365'}
          </Button>
        )}
        <GuardedButton
          whyNot={draft.whyNot}
          appearance={isReady ? 'primary' : 'secondary'}
          className={styles.wide}
          disabledFocusable={editor.isBusy}
          onClick={importNow}
        >
          {importText(people, preview)}
        </GuardedButton>
        {isReady && (
          <Button disabledFocusable={editor.isBusy} onClick={editor.check}>
            Check again
          </Button>
        )}
      </div>
    </>
  );
}
