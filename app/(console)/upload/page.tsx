import { DownloadIcon } from '@primer/octicons-react/DownloadIcon';
import type { Metadata } from 'next';
import { DownloadLink } from '#components/controls/button.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';
import { address } from '#components/text/address.ts';
import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import styles from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { listDrafts, readDraftQuota } from '#lib/services/drafts/drafts.ts';
import form from './upload-form.module.css';
import { UploadForm } from './upload-form.tsx';

export const metadata: Metadata = { title: 'Upload' };

export default async function UploadPage() {
  const operator = await requireOperator('files:upload', '/upload');
  const drafts = listDrafts(operator);
  const { open, limit, problem } = readDraftQuota(operator);
  const sayRefused = await words('refusals');
  return (
    <>
      <PageHeader help="upload" title="Upload a file" within={{ href: '/files', label: 'Files' }} />
      <div className={styles.parts}>
        <UploadForm />
        <Panel title="Start from a template">
          <div className={styles.stack}>
            <p>The columns are there already. In the workbook, EmployeeType is a list of the mapped types.</p>
            <div className={styles.row}>
              <DownloadLink href={address('/api/files/template', { format: 'xlsx' })} icon={<DownloadIcon />}>
                Excel template
              </DownloadLink>
              <DownloadLink href={address('/api/files/template', { format: 'csv' })} icon={<DownloadIcon />}>
                CSV template
              </DownloadLink>
            </div>
          </div>
        </Panel>
        {drafts.length > 0 && (
          <Panel title="Uploads not imported yet">
            <ul className={styles.stack}>
              {drafts.map(({ id, name, createdAt, createdBy }) => (
                <li key={id} className={form.open}>
                  <Link href={`/upload/${id}`}>{name}</Link>
                  <span className={styles.minor}>
                    {createdBy}, <Time at={createdAt} />
                  </span>
                </li>
              ))}
            </ul>
            {open > 0 && (
              <p className={styles.minor}>
                {problem ? sayRefused.told(problem) : `${open} of them are yours, of ${limit} that you may have.`}
              </p>
            )}
          </Panel>
        )}
      </div>
    </>
  );
}
