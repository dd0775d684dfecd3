import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Choices } from '#components/table/choices.tsx';
import { Pager } from '#components/table/pager.tsx';
import { address } from '#components/text/address.ts';
import { Link } from '#components/ui/link.tsx';
import { Nothing } from '#components/ui/panel.tsx';
import styles from '#components/ui/stack.module.css';
import { requireOperator } from '#lib/auth/operator.ts';
import { whyNot } from '#lib/auth/roles.ts';
import { listFiles } from '#lib/services/files/files.ts';
import { FilesTable } from './files-table.tsx';
import { UploadLink } from './upload-link.tsx';

export const metadata: Metadata = { title: 'Files' };

export default async function FilesPage({ searchParams }: PageInput) {
  const operator = await requireOperator('files:read', '/files');
  const list = listFiles(operator, await searchParams);
  const { status } = list.query;
  return (
    <>
      <PageHeader help="files" title="Files" actions={<UploadLink whyNot={whyNot(operator.role, 'files:upload')} />} />
      <div className={styles.stack}>
        <Choices
          label="Status"
          choices={[
            { label: 'All', href: '/files', isChosen: status === null },
            { label: 'Imported', href: '/files?status=accepted', isChosen: status === 'accepted' },
            { label: 'Rejected', href: '/files?status=rejected', isChosen: status === 'rejected' },
          ]}
        />
        {list.items.length > 0 && <FilesTable files={list.items} />}
        {list.items.length === 0 && status === null && (
          <Nothing title="No files have been received yet.">
            <p>
              Files from the drop folder appear here once they have been unchanged for a moment. The columns CN,
              UserPrincipalName and EmployeeType are needed.
            </p>
          </Nothing>
        )}
        {list.items.length === 0 && status !== null && (
          <Nothing what="matches" title={status === 'rejected' ? 'No file was rejected.' : 'No file was imported.'}>
            <p>
              <Link href="/files">Show all files</Link>
            </p>
          </Nothing>
        )}
        {list.items.length > 0 && <Pager {...list} of="files" hrefOf={(page) => address('/files', { status, page })} />}
      </div>
    </>
  );
}
