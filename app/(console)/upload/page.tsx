import type { Metadata } from 'next';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import styles from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { requireOperator } from '#lib/auth/operator.ts';
import { listDrafts, readDraftQuota } from '#lib/services/drafts/drafts.ts';
import { UploadForm } from './upload-form.tsx';

export const metadata: Metadata = { title: 'Upload' };

export default async function UploadPage() {
  const operator = await requireOperator('files:upload', '/upload');
  const drafts = listDrafts(operator);
  const { open, limit, problem } = readDraftQuota(operator);
  return (
    <>
      <PageHeader help="upload" title="Upload a file" within={{ href: '/files', label: 'Files' }} />
      <div className={styles.parts}>
        <UploadForm />
        {drafts.length > 0 && (
          <Panel title="Uploads not imported yet">
            <ul className={styles.stack}>
              {drafts.map(({ id, name, createdAt, createdBy }) => (
                <li key={id} className={styles.cell}>
                  <Link href={`/upload/${id}`}>{name}</Link>
                  <span className={styles.minor}>
                    {createdBy}, <Time at={createdAt} />
                  </span>
                </li>
              ))}
            </ul>
            {open > 0 && (
              <p className={styles.minor}>{problem ?? `${open} of them are yours, of ${limit} that you may have.`}</p>
            )}
          </Panel>
        )}
      </div>
    </>
  );
}
