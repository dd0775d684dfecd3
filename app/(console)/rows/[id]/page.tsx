import type { Metadata } from 'next';
import { foundOr404, onceFor } from '#app/found.ts';
import type { ItemInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Badge } from '#components/people/badge.tsx';
import { CloseRows } from '#components/row-cases/close-rows.tsx';
import { OpenAsUpload } from '#components/row-cases/open-as-upload.tsx';
import { placeText, ROW_CASE_TONES } from '#components/row-cases/row-case-labels.ts';
import { VisibleText } from '#components/text/visible-text.tsx';
import { type Fact, Facts } from '#components/ui/facts.tsx';
import { ButtonLink, Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import { requestLanguage, words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { whyNot } from '#lib/services/http/errors.ts';
import { type RowCaseDetail, readRowCase } from '#lib/services/row-cases/row-cases.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import { CorrectForm } from './correct-form.tsx';
import { ReopenRow } from './reopen-row.tsx';

const load = onceFor(async (id) => {
  const operator = await requireOperator('people:read', `/rows/${encodeURIComponent(id)}`);
  const language = await requestLanguage();
  return { operator, row: foundOr404(() => readRowCase(operator, { id }, language)) };
});

export async function generateMetadata(input: ItemInput): Promise<Metadata> {
  const { row } = await load(input);
  return { title: row.name };
}

function factsOf(say: Say<Words['files']>, row: RowCaseDetail): Fact[] {
  return [
    [
      say('file'),
      <Link key="file" href={`/files/${row.fileId}`}>
        {row.fileName}
      </Link>,
    ],
    [say('line'), row.line],
    [say('received'), <Time key="received" at={row.receivedAt} />],
  ];
}

const personLink = ({ id, displayName }: NonNullable<RowCaseDetail['person']>) => (
  <Link href={`/people/${id}`}>
    <VisibleText text={displayName} />
  </Link>
);

/** What became of it; null while it is open. */
function Ending({ row, mayNot }: { row: RowCaseDetail; mayNot: string | null }) {
  const say = useWords('rows');
  const sayState = useWords('states');
  const { person, importedAsFileId, settledAt } = row;
  if (row.status === 'open') return null;
  const by = { name: row.settledBy ?? '', when: () => settledAt !== null && <Time at={settledAt} /> };
  if (row.status === 'closed')
    return (
      <Panel title={sayState('rowCase.closed')}>
        <div className={stack.stack}>
          <p>{say.parts('closed', { ...by, why: row.why ?? '' })}</p>
          <div className={stack.row}>
            <ReopenRow row={row} whyNot={mayNot} />
          </div>
        </div>
      </Panel>
    );
  return (
    <Panel title={sayState('rowCase.corrected')}>
      <p>
        {person ? say.parts('correctedTo', { ...by, person: () => personLink(person) }) : say.parts('corrected', by)}{' '}
        {importedAsFileId !== null &&
          say.parts('cameAgain', { file: (inside) => <Link href={`/files/${importedAsFileId}`}>{inside}</Link> })}
      </p>
    </Panel>
  );
}

export default async function RowCasePage(input: ItemInput) {
  const { operator, row } = await load(input);
  const mayNot = whyNot(operator.role, 'people:act', await requestLanguage());
  const say = await words('rows');
  const sayFiles = await words('files');
  const sayState = await words('states');
  const sayPlace = await words('find');
  return (
    <>
      <PageHeader
        help="rows"
        title={row.name}
        within={{ href: '/rows', label: say('title') }}
        lead={
          <>
            <span>{placeText(sayPlace, row)}</span>
            <Badge tone={ROW_CASE_TONES[row.status]}>{sayState(`rowCase.${row.status}`)}</Badge>
          </>
        }
        actions={row.nextOpen !== null && <ButtonLink href={`/rows/${row.nextOpen}`}>{say('nextRow')}</ButtonLink>}
      />
      <div className={stack.columns}>
        <div className={stack.parts}>
          <Ending row={row} mayNot={mayNot} />
          <Panel title={say(row.status === 'open' ? 'whyOut' : 'whyWasOut')}>
            <div className={stack.stack}>
              <p lang={row.problem.lang}>
                <VisibleText text={row.problem.message} />
              </p>
              {row.raw !== null && (
                <>
                  <p className="muted">{say('asItCame')}</p>
                  <pre className={stack.inset}>{row.raw}</pre>
                </>
              )}
              {row.status === 'open' && (
                <div className={stack.row}>
                  {row.line === null && (
                    <OpenAsUpload
                      fileId={row.fileId}
                      whyNot={whyNot(operator.role, 'files:upload', await requestLanguage())}
                    >
                      {sayFiles('openFile')}
                    </OpenAsUpload>
                  )}
                  <CloseRows
                    rows={{ cases: [row] }}
                    label={row.line === null ? sayFiles('closeFile') : say('closeRow')}
                    isFile={row.line === null}
                    whyNot={mayNot}
                  />
                </div>
              )}
            </div>
          </Panel>
          {row.status === 'open' && row.line !== null && (
            <Panel title={say('correctIt')}>
              <CorrectForm key={`${row.id} ${row.revision}`} row={row} whyNot={mayNot} />
            </Panel>
          )}
        </div>
        <Panel title={sayFiles('about')}>
          <Facts facts={factsOf(sayFiles, row)} />
        </Panel>
      </div>
    </>
  );
}
