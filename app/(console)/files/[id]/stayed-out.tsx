/** What stayed out of a file, and what can be done about all of it at once. */
import { use } from 'react';
import { CloseRows } from '#components/row-cases/close-rows.tsx';
import { OpenAsUpload } from '#components/row-cases/open-as-upload.tsx';
import { address } from '#components/text/address.ts';
import { ButtonLink, Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import { requestLanguage } from '#components/words/words.ts';
import type { Role } from '#lib/auth/roles.ts';
import type { FileDetail } from '#lib/services/files/files.ts';
import { whyNot } from '#lib/services/http/errors.ts';

/** Nothing where nobody has to decide. */
export function StayedOut({ file, role }: { file: FileDetail; role: Role }) {
  const say = useWords('files');
  const { openCases, fileCase } = file;
  const language = use(requestLanguage());
  const mayNotAct = whyNot(role, 'people:act', language);
  const mayNotUpload = whyNot(role, 'files:upload', language);
  if (openCases === 0) return fileCase && <Settled fileCase={fileCase} />;
  if (fileCase)
    return (
      <Panel title={say('whatToDo')}>
        <div className={stack.stack}>
          <p>{say('nobodyKnown')}</p>
          <div className={stack.row}>
            {file.problem?.signature === undefined && (
              <OpenAsUpload fileId={file.id} whyNot={mayNotUpload} isLead>
                {say('openFile')}
              </OpenAsUpload>
            )}
            <CloseRows rows={{ cases: [fileCase] }} label={say('closeFile')} isFile whyNot={mayNotAct} />
          </div>
        </div>
      </Panel>
    );
  return (
    <Panel title={say('stayedOut')}>
      <div className={stack.stack}>
        <p>
          {say.parts('couldNot', {
            n: openCases,
            rows: (inside) => <Link href={address('/rows', { file: file.id })}>{inside}</Link>,
          })}
        </p>
        <div className={stack.row}>
          {file.firstOpenCase !== null && (
            <ButtonLink href={`/rows/${file.firstOpenCase}`} rank="primary">
              {say('correct', { n: openCases })}
            </ButtonLink>
          )}
          <OpenAsUpload fileId={file.id} whyNot={mayNotUpload}>
            {say('openRows')}
          </OpenAsUpload>
          <CloseRows rows={{ fileId: file.id, open: openCases }} whyNot={mayNotAct} />
        </div>
      </div>
    </Panel>
  );
}

function Settled({ fileCase }: { fileCase: NonNullable<FileDetail['fileCase']> }) {
  const say = useWords('files');
  const { settledBy, why, status, id } = fileCase;
  const name = settledBy ?? '';
  const isClosed = status === 'closed';
  return (
    <Panel title={say(isClosed ? 'closed' : 'cameAgain')}>
      <p>
        {why ? say('byAndWhy', { name, why }) : say('by', { name })}{' '}
        <Link href={`/rows/${id}`}>{say(isClosed ? 'seeOrReopen' : 'seeHow')}</Link>
      </p>
    </Panel>
  );
}
