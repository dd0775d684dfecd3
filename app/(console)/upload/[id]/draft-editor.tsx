'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { type ReactNode, useEffect, useRef } from 'react';
import { filtered, ROW_FILTERS, rowFilterOf } from '#app/(console)/upload/[id]/rows/row-filter.ts';
import { RowsTable } from '#app/(console)/upload/[id]/rows/rows-table.tsx';
import { Sum } from '#components/runs/sum.tsx';
import { Choices } from '#components/table/choices.tsx';
import { address } from '#components/text/address.ts';
import { strong } from '#components/text/strong.tsx';
import { ButtonLink, Link } from '#components/ui/link.tsx';
import { Nothing, Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { DraftDetail } from '#lib/services/drafts/drafts.ts';
import { Check } from './check.tsx';
import { Columns } from './columns.tsx';
import { Discard } from './discard.tsx';
import styles from './draft-editor.module.css';
import { type DraftState, useDraft } from './use-draft.ts';

function Fault({ fault, discard }: { fault: NonNullable<DraftDetail['fault']>; discard: ReactNode }) {
  const say = useWords('upload');
  const { line, column, message: problem } = fault;
  return (
    <Panel title={say('cannotRead')}>
      <div className={stack.stack}>
        <p role="alert">
          {column === null
            ? say.parts('faultAt', { line: String(line), problem, strong })
            : say.parts('faultAtCharacter', { line: String(line), column: String(column), problem, strong })}
        </p>
        <p>{say('correctAtSource')}</p>
        <div className={stack.row}>
          <ButtonLink href="/upload" rank="primary">
            {say('uploadCorrected')}
          </ButtonLink>
          {discard}
        </div>
      </div>
    </Panel>
  );
}

function Numbers({ counts }: Pick<DraftDetail, 'counts'>) {
  const say = useWords('upload');
  const sayFiles = useWords('files');
  return (
    <Sum
      total={{ n: counts.rows, label: sayFiles('row', { n: counts.rows }) }}
      parts={[
        { n: counts.ok, label: say('part.new') },
        { n: counts.known, label: say('part.known') },
        { n: counts.duplicate, label: say('part.duplicate', { n: counts.duplicate }) },
        { n: counts.rejected, label: say('part.rejected') },
      ]}
    />
  );
}

function Rows({ editor, draft }: { editor: DraftState; draft: DraftDetail }) {
  const say = useWords('upload');
  const show = rowFilterOf(useSearchParams().get('show'));
  const rows = filtered(draft.rows, show);
  const path = `/upload/${draft.id}`;
  return (
    <section className={stack.stack} aria-label={say('rows')}>
      {draft.columnProblems.length === 0 && (
        <Choices
          label={say('whichRows')}
          choices={ROW_FILTERS.map(({ name, count }) => ({
            label: say(`show.${name ?? 'all'}`),
            count: count(draft.counts),
            href: address(path, { show: name }),
            isChosen: name === show,
          }))}
        />
      )}
      {draft.omitted > 0 && <p>{say('notListed', { n: draft.omitted })}</p>}
      {rows.length > 0 ? (
        <RowsTable key={show} editor={editor} draft={draft} rows={rows} />
      ) : (
        <NoRows path={path} isFiltered={show !== null} />
      )}
    </section>
  );
}

function NoRows({ path, isFiltered }: { path: string; isFiltered: boolean }) {
  const say = useWords('upload');
  if (!isFiltered)
    return (
      <Nothing
        title={say('noRows')}
        why={say('needsRows')}
        action={<Link href="/upload">{say('uploadAnother')}</Link>}
      />
    );
  return (
    <Nothing
      what="matches"
      title={say('noSuchRows')}
      why={say('othersHidden')}
      action={<Link href={path}>{say('showAll')}</Link>}
    />
  );
}

/** A file without a problem is checked at once, so that importing it is one click away. */
function useCheckByItself({ draft, check }: DraftState): void {
  const isAsked = useRef(false);
  const isClean =
    draft !== null &&
    draft.fault === null &&
    draft.columnProblems.length === 0 &&
    draft.counts.rejected === 0 &&
    draft.counts.rows > 0 &&
    draft.importedBefore === null &&
    draft.previewRunId === null;
  useEffect(() => {
    if (!isClean || isAsked.current) return;
    isAsked.current = true;
    void check();
  });
}

/** Where an upload is reviewed: columns, rows, corrections, dry run and import. */
export function DraftEditor(props: {
  id: string;
  name: string;
  /** As of the last rendering; the page is rendered again when something has changed. */
  newest: { revision: number; previewRunId: string | null };
  notice: ReactNode;
}) {
  const say = useWords('upload');
  const router = useRouter();
  const editor = useDraft(props.id, props.newest);
  useCheckByItself(editor);
  const { draft, failure } = editor;
  const discard = (
    <Discard
      name={props.name}
      isBusy={editor.isBusy}
      whyNot={draft?.whyNot ?? null}
      discard={async () => (await editor.discard()) && router.push('/upload')}
    />
  );
  const { rowsRead } = editor;
  const reading =
    rowsRead === null ? say('reading', { name: props.name }) : say('readingRows', { name: props.name, n: rowsRead });
  if (!draft) return <p role="status">{failure || reading}</p>;
  if (draft.fault) return <Fault fault={draft.fault} discard={discard} />;
  return (
    <div className={stack.parts}>
      {props.notice}
      {failure && (
        <p role="alert" className={styles.failure}>
          {failure}
        </p>
      )}
      <Panel title={say('whatHappens')} aside={discard}>
        <div className={stack.stack}>
          <Numbers counts={draft.counts} />
          <Check editor={editor} draft={draft} onImported={(fileId) => router.push(`/files/${fileId}`)} />
          {draft.whyNot !== null && <p>{draft.whyNot}</p>}
        </div>
      </Panel>
      <Columns editor={editor} draft={draft} />
      <Rows editor={editor} draft={draft} />
    </div>
  );
}
