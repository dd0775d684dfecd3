/** What stayed out of a file, and what can be done about all of it at once. */
import { CloseRows } from '#components/row-cases/close-rows.tsx';
import { OpenAsUpload } from '#components/row-cases/open-as-upload.tsx';
import { address } from '#components/text/address.ts';
import { countText } from '#components/text/count-text.ts';
import { ButtonLink, Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { type Role, whyNot } from '#lib/auth/roles.ts';
import type { FileDetail } from '#lib/services/files/files.ts';

/** Nothing where nobody has to decide. */
export function StayedOut({ file, role }: { file: FileDetail; role: Role }) {
  const { openCases, fileCase } = file;
  const [mayNotAct, mayNotUpload] = [whyNot(role, 'people:act'), whyNot(role, 'files:upload')];
  if (openCases === 0) return fileCase && <Settled fileCase={fileCase} />;
  if (fileCase)
    return (
      <Panel title="What to do about it">
        <div className={stack.stack}>
          <p>Nobody in this file is known until it comes in another way, or somebody says why it need not.</p>
          <div className={stack.row}>
            {file.problem?.signature === undefined && (
              <OpenAsUpload fileId={file.id} whyNot={mayNotUpload} isLead>
                Open this file as an upload
              </OpenAsUpload>
            )}
            <CloseRows rows={{ cases: [fileCase] }} label="Close this file" whyNot={mayNotAct} />
          </div>
        </div>
      </Panel>
    );
  return (
    <Panel title="Rows that stayed out">
      <div className={stack.stack}>
        <p>
          {countText(openCases, 'row', 'rows')} could not become a person.{' '}
          <Link href={address('/rows', { file: file.id })}>Show {openCases === 1 ? 'it' : 'them'}</Link>
        </p>
        <div className={stack.row}>
          {file.firstOpenCase !== null && (
            <ButtonLink href={`/rows/${file.firstOpenCase}`} isLead>
              {openCases === 1 ? 'Correct it' : 'Correct one by one'}
            </ButtonLink>
          )}
          <OpenAsUpload fileId={file.id} whyNot={mayNotUpload}>
            Open these rows as an upload
          </OpenAsUpload>
          <CloseRows rows={{ fileId: file.id, open: openCases }} whyNot={mayNotAct} />
        </div>
      </div>
    </Panel>
  );
}

function Settled({ fileCase }: { fileCase: NonNullable<FileDetail['fileCase']> }) {
  return (
    <Panel title={fileCase.status === 'closed' ? 'Closed' : 'It came again'}>
      <p>
        By {fileCase.settledBy}
        {fileCase.why && `: ${fileCase.why}`}.{' '}
        <Link href={`/rows/${fileCase.id}`}>{fileCase.status === 'closed' ? 'See or reopen it' : 'See how'}</Link>
      </p>
    </Panel>
  );
}
