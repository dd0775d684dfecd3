/** Rows that stayed out, file by file, among what needs a human. */
import { Badge } from '#components/people/badge.tsx';
import { ROW_CASE_LABELS } from '#components/row-cases/row-case-labels.ts';
import { address } from '#components/text/address.ts';
import { countText, numberText } from '#components/text/count-text.ts';
import { ButtonLink, Link } from '#components/ui/link.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import type { FileWithOpenCases, OpenCases } from '#lib/services/row-cases/open-cases.ts';
import styles from './overview.module.css';

export function StayedOut({ files, moreFiles }: OpenCases) {
  return (
    <>
      {files.map((file) => (
        <FileRows key={file.fileId} file={file} />
      ))}
      {moreFiles > 0 && (
        <li className={`${styles.divided} ${styles.case}`}>
          <span />
          <Link href="/rows">Rows stayed out of {countText(moreFiles, 'more file', 'more files')}</Link>
        </li>
      )}
    </>
  );
}

function FileRows({ file }: { file: FileWithOpenCases }) {
  const [first] = file.first;
  const isWhole = first !== undefined && first.line === null;
  const title = isWhole
    ? `The file ${file.fileName} could not be read`
    : `${file.cases === 1 ? 'A row' : 'Rows'} stayed out of ${file.fileName}`;
  return (
    <li className={`${styles.divided} ${styles.case}`}>
      <span className={styles.count}>{numberText(file.cases)}</span>
      <div className={styles.words}>
        <Link href={isWhole ? `/rows/${first.id}` : address('/rows', { file: file.fileId })} className={styles.cause}>
          {title}
        </Link>
        {file.first.map(({ id, name, line, problem }) => (
          <span key={id}>
            {line !== null && (
              <>
                <Link href={`/rows/${id}`}>{name}</Link> (line {line}):{' '}
              </>
            )}
            {problem}
          </span>
        ))}
        {file.cases > file.first.length && <span>… and {numberText(file.cases - file.first.length)} more.</span>}
        <span className={styles.small}>
          <Badge tone={ROW_CASE_LABELS.open.tone}>{ROW_CASE_LABELS.open.label}</Badge>
          <span>
            received <Time at={file.receivedAt} />
          </span>
        </span>
      </div>
      <div className={`${stack.row} ${styles.actions}`}>
        {first && <ButtonLink href={`/rows/${first.id}`}>{isWhole ? 'Decide' : 'Correct or close'}</ButtonLink>}
      </div>
    </li>
  );
}
