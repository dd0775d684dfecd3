/** Rows that stayed out, file by file, among what needs a human. */

import { address } from '#components/text/address.ts';
import { VisibleText } from '#components/text/visible-text.tsx';
import { ButtonLink, Link } from '#components/ui/link.tsx';
import { Sentence } from '#components/words/sentence.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { FileWithOpenCases, OpenCases } from '#lib/services/row-cases/open-cases.ts';
import styles from './overview.module.css';
import { CaseLine } from './overview-case.tsx';

export function StayedOut({ files, moreFiles }: OpenCases) {
  const say = useWords('overview');
  return (
    <>
      {files.map((file) => (
        <FileRows key={file.fileId} file={file} />
      ))}
      {moreFiles > 0 && (
        <li className={styles.case}>
          <Link href="/rows">{say('moreFiles', { n: moreFiles })}</Link>
        </li>
      )}
    </>
  );
}

function FileRows({ file }: { file: FileWithOpenCases }) {
  const say = useWords('overview');
  const [first] = file.first;
  const isWhole = first !== undefined && first.line === null;
  const title = isWhole
    ? say('fileRefused', { file: file.fileName })
    : say('rowsOf', { n: file.cases, file: file.fileName });
  return (
    <CaseLine
      who={
        <>
          <span>
            <VisibleText text={isWhole ? file.fileName : (first?.name ?? '')} />
          </span>{' '}
          {file.cases > 1 && <span className="muted">{say('more', { n: file.cases - 1 })}</span>}
        </>
      }
      title={title}
      since={file.receivedAt}
      action={
        first && (
          <ButtonLink href={`/rows/${first.id}`} rank="subtle">
            {say(isWhole ? 'decide' : 'correctOrClose')}
          </ButtonLink>
        )
      }
    >
      {file.first.map(({ id, name, line, problem }) => (
        <p key={id}>
          {line === null ? (
            <Sentence {...problem} />
          ) : (
            say.parts('rowAt', {
              name,
              line,
              problem: () => <Sentence {...problem} />,
              row: (inside) => <Link href={`/rows/${id}`}>{inside}</Link>,
            })
          )}
        </p>
      ))}
      {file.cases > file.first.length && <p>{say('andMore', { n: file.cases - file.first.length })}</p>}
      <p>
        <Link href={isWhole ? `/rows/${first.id}` : address('/rows', { file: file.fileId })}>
          {say(isWhole ? 'theFile' : 'allRows')}
        </Link>
      </p>
    </CaseLine>
  );
}
