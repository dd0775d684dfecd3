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

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('uploads'))('title') };
}

export default async function UploadPage() {
  const operator = await requireOperator('files:upload', '/upload');
  const drafts = listDrafts(operator);
  const { open, limit, problem } = readDraftQuota(operator);
  const say = await words('uploads');
  const sayRefused = await words('refusals');
  const within = { href: '/files', label: (await words('files'))('title') };
  return (
    <>
      <PageHeader help="upload" title={say('heading')} within={within} />
      <div className={styles.parts}>
        <UploadForm />
        <Panel title={say('template')}>
          <div className={styles.stack}>
            <p>{say('templates')}</p>
            <div className={styles.row}>
              <DownloadLink href={address('/api/files/template', { format: 'xlsx' })} icon={<DownloadIcon />}>
                {say('excelTemplate')}
              </DownloadLink>
              <DownloadLink href={address('/api/files/template', { format: 'csv' })} icon={<DownloadIcon />}>
                {say('csvTemplate')}
              </DownloadLink>
            </div>
          </div>
        </Panel>
        {drafts.length > 0 && (
          <Panel title={say('open')}>
            <ul className={styles.stack}>
              {drafts.map(({ id, name, createdAt, createdBy }) => (
                <li key={id} className={form.open}>
                  <Link href={`/upload/${id}`}>{name}</Link>
                  <span className={styles.minor}>
                    {say.parts('by', { name: createdBy, when: () => <Time at={createdAt} /> })}
                  </span>
                </li>
              ))}
            </ul>
            {open > 0 && (
              <p className={styles.minor}>{problem ? sayRefused.told(problem) : say('yours', { n: open, limit })}</p>
            )}
          </Panel>
        )}
      </div>
    </>
  );
}
