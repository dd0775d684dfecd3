import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Choices } from '#components/table/choices.tsx';
import { Pager } from '#components/table/pager.tsx';
import { address } from '#components/text/address.ts';
import { Link } from '#components/ui/link.tsx';
import { Nothing } from '#components/ui/panel.tsx';
import styles from '#components/ui/stack.module.css';
import { requestLanguage, words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { listFiles } from '#lib/services/files/files.ts';
import { whyNot } from '#lib/services/http/errors.ts';
import { fileLine } from './file-lines.ts';
import { FilesTable } from './files-table.tsx';
import { UploadLink } from './upload-link.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('files'))('title') };
}

export default async function FilesPage({ searchParams }: PageInput) {
  const operator = await requireOperator('files:read', '/files');
  const list = listFiles(operator, await searchParams, await requestLanguage());
  const say = await words('files');
  const documents = await words('documents');
  const { status } = list.query;
  return (
    <>
      <PageHeader
        help="files"
        title={say('title')}
        actions={<UploadLink whyNot={whyNot(operator.role, 'files:upload', await requestLanguage())} />}
      />
      <div className={styles.stack}>
        <Choices
          label={say('status')}
          choices={[
            { label: say('all'), href: '/files', isChosen: status === null },
            { label: say('imported'), href: '/files?status=accepted', isChosen: status === 'accepted' },
            { label: say('rejected'), href: '/files?status=rejected', isChosen: status === 'rejected' },
          ]}
        />
        {list.items.length > 0 && (
          <FilesTable files={list.items.map((file) => fileLine({ files: say, documents }, file))} />
        )}
        {list.items.length === 0 && status === null && (
          <Nothing
            title={say('noneYet')}
            why={say('appear')}
            action={<Link href="/help/helpdesk#upload-a-file">{say('howToUpload')}</Link>}
          />
        )}
        {list.items.length === 0 && status !== null && (
          <Nothing
            what="matches"
            title={say(status === 'rejected' ? 'noneRejected' : 'noneImported')}
            why={say(status === 'rejected' ? 'whatIsRejected' : 'whatIsImported')}
            action={<Link href="/files">{say('showAll')}</Link>}
          />
        )}
        {list.items.length > 0 && <Pager {...list} of="files" hrefOf={(page) => address('/files', { status, page })} />}
      </div>
    </>
  );
}
