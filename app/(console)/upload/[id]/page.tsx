import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { foundOr404 } from '#app/found.ts';
import type { ItemInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { strong } from '#components/text/strong.tsx';
import { Link } from '#components/ui/link.tsx';
import { Nothing } from '#components/ui/panel.tsx';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import { requestLanguage, words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { type DraftSummary, readDraft } from '#lib/services/drafts/drafts.ts';
import { DraftEditor } from './draft-editor.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('uploads'))('review') };
}

/** Shown before anything happens: a file with the same bytes was imported already. */
function ImportedBefore({ file }: { file: NonNullable<DraftSummary['importedBefore']> }) {
  const say = useWords('uploads');
  return (
    <p>
      {say.parts('importedBefore', {
        strong,
        name: file.name,
        file: (inside) => <Link href={`/files/${file.id}`}>{inside}</Link>,
        when: () => <Time at={file.receivedAt} />,
      })}
    </p>
  );
}

export default async function DraftPage({ params }: ItemInput) {
  const { id } = await params;
  const operator = await requireOperator('files:upload', `/upload/${encodeURIComponent(id)}`);
  const language = await requestLanguage();
  const draft = foundOr404(() => readDraft(operator, { id }, language));
  if (draft.fileId) redirect(`/files/${draft.fileId}`);
  const say = await words('uploads');
  const within = { href: '/upload', label: say('title') };
  if (draft.status === 'discarded')
    return (
      <>
        <PageHeader help="upload" title={draft.name} within={within} />
        <Nothing
          title={say('discarded')}
          why={say.parts('nobodyImported', { another: (inside) => <Link href="/upload">{inside}</Link> })}
          action={null}
        />
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
            <span>{say('nothingYet')}</span>
            <span>{say.parts('uploadedBy', { name: draft.createdBy, when: () => <Time at={draft.createdAt} /> })}</span>
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
