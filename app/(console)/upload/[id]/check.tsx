'use client';

import { Button } from '#components/controls/button.tsx';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import progress from '#components/runs/progress.module.css';
import { strong } from '#components/text/strong.tsx';
import { Link } from '#components/ui/link.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { DraftPreview } from '#lib/services/drafts/draft-preview.ts';
import type { DraftDetail } from '#lib/services/drafts/drafts.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import styles from './draft-editor.module.css';
import type { DraftState } from './use-draft.ts';

type SayUpload = Say<Words['upload']>;

const isUnderWay = ({ status }: DraftPreview) => status === 'queued' || status === 'running';

function Progress({ preview }: { preview: DraftPreview }) {
  const say = useWords('upload');
  const { peopleDone, peopleDue } = preview;
  return (
    <div role="status">
      <p className="number">
        {peopleDue === 0 ? say('asking') : say('checkedOf', { done: peopleDone, all: peopleDue })}
      </p>
      <progress
        className={progress.bar}
        aria-label={say('peopleChecked')}
        value={peopleDue === 0 ? undefined : peopleDone}
        max={peopleDue || 1}
      />
    </div>
  );
}

function Found({ preview, people }: { preview: DraftPreview; people: number }) {
  const say = useWords('upload');
  if (isUnderWay(preview)) return <Progress preview={preview} />;
  if (preview.problem) return <p role="alert">{preview.problem}</p>;
  if (!preview.result) return null;
  return (
    <div role="status" className={preview.isCurrent ? undefined : styles.outdated}>
      <p className={styles.sentence}>{preview.result.sentence}</p>
      {preview.result.people < people && (
        <p>{say.parts('onlyFirst', { n: preview.result.people, all: people, strong })}</p>
      )}
      <p className="muted">
        {say.parts(preview.isCurrent ? 'checkedNow' : 'checkedBefore', {
          when: () => preview.finishedAt !== null && <Time at={preview.finishedAt} />,
          run: (inside) => <Link href={`/runs/${preview.runId}`}>{inside}</Link>,
        })}
      </p>
    </div>
  );
}

/** The label of the import button: "Import 48 people: 42 get Exchange Online (Plan 1) …". */
function importText(say: SayUpload, n: number, preview: DraftPreview | null): string {
  if (!preview?.result || !preview.isCurrent) return say('importUnchecked', { n });
  const [first, ...others] = preview.result.groups;
  // What was found for the first of many says nothing about how many in all.
  if (preview.result.people < n || !first) return say('import', { n });
  return say(others.length > 0 ? 'importAsMore' : 'importAs', { n, what: first.text });
}

/** The dry run and the import button. */
export function Check(props: { editor: DraftState; draft: DraftDetail; onImported: (fileId: string) => void }) {
  const say = useWords('upload');
  const { editor, draft } = props;
  const { preview } = editor;
  const { ok, known, rejected } = draft.counts;
  const people = ok + known;
  if (draft.columnProblems.length > 0) return <p>{say('firstColumns')}</p>;
  if (draft.counts.rows === 0) return <p>{say('nobody')}</p>;
  if (people === 0) return <p>{say('nobodyAsItIs')}</p>;
  const isReady = preview?.isCurrent === true && preview.result !== null;
  const isWaiting = preview?.isCurrent === true && isUnderWay(preview);
  const importNow = async () => {
    const imported = await editor.importDraft();
    if (imported) props.onImported(imported.fileId);
  };
  return (
    <>
      {preview && <Found preview={preview} people={people} />}
      {rejected > 0 && <p>{say('stayOut', { n: rejected })}</p>}
      <div className={stack.row}>
        {!isReady && !isWaiting && (
          <Button appearance="primary" disabledFocusable={editor.isBusy} onClick={editor.check}>
            {say(preview ? 'checkAgain' : 'check')}
          </Button>
        )}
        <GuardedButton
          whyNot={draft.whyNot}
          appearance={isReady ? 'primary' : 'secondary'}
          className={styles.wide}
          disabledFocusable={editor.isBusy}
          onClick={importNow}
        >
          {importText(say, people, preview)}
        </GuardedButton>
        {isReady && (
          <Button disabledFocusable={editor.isBusy} onClick={editor.check}>
            {say('checkAgain')}
          </Button>
        )}
      </div>
    </>
  );
}
