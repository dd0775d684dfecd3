import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { foundOr404 } from '#app/found.ts';
import type { ItemInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Link } from '#components/ui/link.tsx';
import { Nothing } from '#components/ui/panel.tsx';
import { Time } from '#components/ui/time.tsx';
import { requireOperator } from '#lib/auth/operator.ts';
import { type DraftSummary, readDraft } from '#lib/services/drafts/drafts.ts';
import { DraftEditor } from './draft-editor.tsx';

export const metadata: Metadata = { title: 'Review an upload' };

/** Shown before anything happens: a file with the same bytes was imported already. */
function ImportedBefore({ file }: { file: NonNullable<DraftSummary['importedBefore']> }) {
  return (
    <p>
      <strong>Exactly this file was imported before</strong>, as <Link href={`/files/${file.id}`}>{file.name}</Link>,{' '}
      <Time at={file.receivedAt} />. Importing it again adds nobody: the same people are only checked again.
    </p>
  );
}

export default async function DraftPage({ params }: ItemInput) {
  const { id } = await params;
  const operator = await requireOperator('files:upload', `/upload/${encodeURIComponent(id)}`);
  const draft = foundOr404(() => readDraft(operator, { id }));
  if (draft.fileId) redirect(`/files/${draft.fileId}`);
  const within = { href: '/upload', label: 'Upload' };
  if (draft.status === 'discarded')
    return (
      <>
        <PageHeader help="upload" title={draft.name} within={within} />
        <Nothing title="This upload was discarded.">
          <p>
            Nobody was imported. <Link href="/upload">Upload another file</Link>
          </p>
        </Nothing>
      </>
    );
  return (
    <>
      <PageHeader
        help="upload"
        title={draft.name}
        within={within}
        lead={
          <>
            <span>Nothing is imported yet.</span>
            <span>
              Uploaded by {draft.createdBy}, <Time at={draft.createdAt} />
            </span>
          </>
        }
      />
      <DraftEditor
        id={draft.id}
        name={draft.name}
        newest={{ revision: draft.revision, previewRunId: draft.previewRunId }}
        notice={draft.importedBefore && <ImportedBefore file={draft.importedBefore} />}
      />
    </>
  );
}
