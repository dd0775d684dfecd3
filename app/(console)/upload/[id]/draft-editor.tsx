'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { type ReactNode, useEffect, useRef } from 'react';
import { Sum } from '#components/runs/sum.tsx';
import { Choices } from '#components/table/choices.tsx';
import { address } from '#components/text/address.ts';
import { countText } from '#components/text/count-text.ts';
import { ButtonLink, Link } from '#components/ui/link.tsx';
import { Nothing, Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import type { DraftDetail } from '#lib/services/drafts/drafts.ts';
import { Check } from './check.tsx';
import { Columns } from './columns.tsx';
import { Discard } from './discard.tsx';
import styles from './draft-editor.module.css';
import { filtered, ROW_FILTERS, rowFilterOf } from './row-filter.ts';
import { RowsTable } from './rows-table.tsx';
import { type DraftState, useDraft } from './use-draft.ts';

function Fault({ fault, discard }: { fault: NonNullable<DraftDetail['fault']>; discard: ReactNode }) {
  return (
    <Panel title="This file cannot be read">
      <div className={stack.stack}>
        <p role="alert">
          <strong>
            Line {fault.line}
            {fault.column !== null && `, character ${fault.column}`}:
          </strong>{' '}
          {fault.message}
        </p>
        <p>Nobody was imported. Correct the file at its source and upload it again.</p>
        <div className={stack.row}>
          <ButtonLink href="/upload" isLead>
            Upload the corrected file
          </ButtonLink>
          {discard}
        </div>
      </div>
    </Panel>
  );
}

function Numbers({ counts }: Pick<DraftDetail, 'counts'>) {
  return (
    <Sum
      total={{ n: counts.rows, label: counts.rows === 1 ? 'row' : 'rows' }}
      parts={[
        { n: counts.ok, label: 'new' },
        { n: counts.known, label: 'already known' },
        { n: counts.duplicate, label: counts.duplicate === 1 ? 'duplicate' : 'duplicates' },
        { n: counts.rejected, label: 'cannot be imported' },
      ]}
    />
  );
}

function Rows({ editor, draft }: { editor: DraftState; draft: DraftDetail }) {
  const show = rowFilterOf(useSearchParams().get('show'));
  const rows = filtered(draft.rows, show);
  const path = `/upload/${draft.id}`;
  return (
    <section className={stack.stack} aria-label="Rows">
      {draft.columnProblems.length === 0 && (
        <Choices
          label="Which rows"
          choices={ROW_FILTERS.map(({ name, label, count }) => ({
            label,
            count: count(draft.counts),
            href: address(path, { show: name }),
            isChosen: name === show,
          }))}
        />
      )}
      {draft.omitted > 0 && (
        <p>
          The file is very long: {draft.omitted.toLocaleString('en-GB')} more rows without a problem are not listed.
          They are checked and imported as well.
        </p>
      )}
      {rows.length > 0 ? (
        <RowsTable key={show} editor={editor} draft={draft} rows={rows} />
      ) : (
        <NoRows path={path} isFiltered={show !== null} />
      )}
    </section>
  );
}

function NoRows({ path, isFiltered }: { path: string; isFiltered: boolean }) {
  if (!isFiltered)
    return (
      <Nothing title="The file has a header but no rows.">
        <p>
          <Link href="/upload">Upload another file</Link>
        </p>
      </Nothing>
    );
  return (
    <Nothing what="matches" title="No such rows in this file.">
      <p>
        <Link href={path}>Show all rows</Link>
      </p>
    </Nothing>
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

function readingText(name: string, rows: number | null): string {
  return rows === null ? `Reading ${name} …` : `Reading ${name} … ${countText(rows, 'row', 'rows')}`;
}

/** Where an upload is reviewed: columns, rows, corrections, dry run and import. */
export function DraftEditor(props: {
  id: string;
  name: string;
  /** As of the last rendering; the page is rendered again when something has changed. */
  newest: { revision: number; previewRunId: string | null };
  notice: ReactNode;
}) {
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
  if (!draft) return <p role="status">{failure || readingText(props.name, editor.rowsRead)}</p>;
  if (draft.fault) return <Fault fault={draft.fault} discard={discard} />;
  return (
    <div className={stack.parts}>
      {props.notice}
      {failure && (
        <p role="alert" className={styles.failure}>
          {failure}
        </p>
      )}
      <Panel title="What will happen" aside={discard}>
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
