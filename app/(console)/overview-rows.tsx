/** Rows that stayed out, file by file, among what needs a human. */
import { address } from '#components/text/address.ts';
import { countText, numberText } from '#components/text/count-text.ts';
import { VisibleText } from '#components/text/visible-text.tsx';
import { ButtonLink, Link } from '#components/ui/link.tsx';
import type { FileWithOpenCases, OpenCases } from '#lib/services/row-cases/open-cases.ts';
import styles from './overview.module.css';
import { CaseLine } from './overview-case.tsx';

export function StayedOut({ files, moreFiles }: OpenCases) {
  return (
    <>
      {files.map((file) => (
        <FileRows key={file.fileId} file={file} />
      ))}
      {moreFiles > 0 && (
        <li className={styles.case}>
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
    <CaseLine
      who={
        <>
          <span>
            <VisibleText text={isWhole ? file.fileName : (first?.name ?? '')} />
          </span>{' '}
          {file.cases > 1 && <span className="muted">+{numberText(file.cases - 1)}</span>}
        </>
      }
      title={title}
      since={file.receivedAt}
      action={first && <ButtonLink href={`/rows/${first.id}`}>{isWhole ? 'Decide' : 'Correct or close'}</ButtonLink>}
    >
      {file.first.map(({ id, name, line, problem }) => (
        <p key={id}>
          {line !== null && (
            <>
              <Link href={`/rows/${id}`}>{name}</Link> (line {line}):{' '}
            </>
          )}
          {problem}
        </p>
      ))}
      {file.cases > file.first.length && <p>… and {numberText(file.cases - file.first.length)} more.</p>}
      <p>
        <Link href={isWhole ? `/rows/${first.id}` : address('/rows', { file: file.fileId })}>
          {isWhole ? 'The file' : 'All rows that stayed out of this file'}
        </Link>
      </p>
    </CaseLine>
  );
}
