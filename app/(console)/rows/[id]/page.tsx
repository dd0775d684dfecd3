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
import { words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { whyNot } from '#lib/auth/roles.ts';
import { type RowCaseDetail, readRowCase } from '#lib/services/row-cases/row-cases.ts';
import { CorrectForm } from './correct-form.tsx';
import { ReopenRow } from './reopen-row.tsx';

const load = onceFor(async (id) => {
  const operator = await requireOperator('people:read', `/rows/${encodeURIComponent(id)}`);
  return { operator, row: foundOr404(() => readRowCase(operator, { id })) };
});

export async function generateMetadata(input: ItemInput): Promise<Metadata> {
  const { row } = await load(input);
  return { title: row.name };
}

function factsOf(row: RowCaseDetail): Fact[] {
  return [
    [
      'File',
      <Link key="file" href={`/files/${row.fileId}`}>
        {row.fileName}
      </Link>,
    ],
    ['Line', row.line],
    ['Received', <Time key="received" at={row.receivedAt} />],
  ];
}

/** What became of it; null while it is open. */
function Ending({ row, mayNot }: { row: RowCaseDetail; mayNot: string | null }) {
  if (row.status === 'open') return null;
  const at = row.settledAt !== null && <Time at={row.settledAt} />;
  if (row.status === 'closed')
    return (
      <Panel title="Closed">
        <div className={stack.stack}>
          <p>
            By {row.settledBy} {at}: {row.why}
          </p>
          <div className={stack.row}>
            <ReopenRow row={row} whyNot={mayNot} />
          </div>
        </div>
      </Panel>
    );
  return (
    <Panel title="Corrected">
      <p>
        By {row.settledBy} {at}
        {row.person && (
          <>
            : it is{' '}
            <Link href={`/people/${row.person.id}`}>
              <VisibleText text={row.person.displayName} />
            </Link>
          </>
        )}
        {row.importedAsFileId && (
          <>
            . It came again with <Link href={`/files/${row.importedAsFileId}`}>this file</Link>
          </>
        )}
        .
      </p>
    </Panel>
  );
}

export default async function RowCasePage(input: ItemInput) {
  const { operator, row } = await load(input);
  const mayNot = whyNot(operator.role, 'people:act');
  const sayState = await words('states');
  const sayPlace = await words('find');
  return (
    <>
      <PageHeader
        help="rows"
        title={row.name}
        within={{ href: '/rows', label: 'Rows that stayed out' }}
        lead={
          <>
            <span>{placeText(sayPlace, row)}</span>
            <Badge tone={ROW_CASE_TONES[row.status]}>{sayState(`rowCase.${row.status}`)}</Badge>
          </>
        }
        actions={row.nextOpen !== null && <ButtonLink href={`/rows/${row.nextOpen}`}>Next row of this file</ButtonLink>}
      />
      <div className={stack.columns}>
        <div className={stack.parts}>
          <Ending row={row} mayNot={mayNot} />
          <Panel title={row.status === 'open' ? 'Why it stays out' : 'Why it had stayed out'}>
            <div className={stack.stack}>
              <p>{row.problem}</p>
              {row.raw !== null && (
                <>
                  <p className="muted">The row as it came:</p>
                  <pre className={stack.inset}>{row.raw}</pre>
                </>
              )}
              {row.status === 'open' && (
                <div className={stack.row}>
                  {row.line === null && (
                    <OpenAsUpload fileId={row.fileId} whyNot={whyNot(operator.role, 'files:upload')}>
                      Open this file as an upload
                    </OpenAsUpload>
                  )}
                  <CloseRows
                    rows={{ cases: [row] }}
                    label={row.line === null ? 'Close this file' : 'Close this row'}
                    whyNot={mayNot}
                  />
                </div>
              )}
            </div>
          </Panel>
          {row.status === 'open' && row.line !== null && (
            <Panel title="Correct it">
              <CorrectForm key={`${row.id} ${row.revision}`} row={row} whyNot={mayNot} />
            </Panel>
          )}
        </div>
        <Panel title="About">
          <Facts facts={factsOf(row)} />
        </Panel>
      </div>
    </>
  );
}
