import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import styles from '#components/mappings/mappings.module.css';
import { Badge } from '#components/people/badge.tsx';
import { address } from '#components/text/address.ts';
import { ButtonLink, Link } from '#components/ui/link.tsx';
import { Nothing, Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import { words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { can } from '#lib/auth/roles.ts';
import { isRememberedNote } from '#lib/domain/licences/mapping.ts';
import { type MappingHistory, type MappingItem, readMappingHistory } from '#lib/services/mappings/mappings.ts';
import { VersionChoice } from './version-choice.tsx';
import { VersionDiff } from './version-diff.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('mappings'))('versionsOfOne') };
}

function Comparison({ type, history: { versions, compared } }: { type: string; history: MappingHistory }) {
  const say = useWords('mappings');
  const [newest, second] = versions;
  if (!newest || !second) return null;
  const { before, after } = compared ?? { before: second, after: newest };
  return (
    <Panel title={say('compareTwo')}>
      <VersionChoice
        type={type}
        versions={versions.map(({ version }) => version)}
        before={before.version}
        after={after.version}
      />
      {compared && <VersionDiff {...compared} />}
    </Panel>
  );
}

function Version(props: { version: MappingItem; before: MappingItem | undefined; mayWrite: boolean }) {
  const { version, before, mayWrite } = props;
  const { employeeType: type, id, createdBy } = version;
  const [say, sayMapping] = [useWords('mappings'), useWords('mapping')];
  const isInForce = version.retiredAt === null;
  const note = version.note && isRememberedNote(version.note) ? say('remembered') : version.note;
  const who = createdBy === 'engine' ? say('initial') : createdBy;
  const when = () => <Time at={version.createdAt} />;
  return (
    <>
      <h3 className={stack.row}>
        {sayMapping('version', { n: version.version })}{' '}
        <Badge tone={isInForce ? 'good' : 'quiet'}>{say(isInForce ? 'inForce' : 'past')}</Badge>
      </h3>
      <p className="muted">{note ? say.parts('noted', { who, when, note }) : sayMapping.parts('by', { who, when })}</p>
      <VersionDiff before={before} after={version} />
      {mayWrite && (
        <div>
          <ButtonLink href={address('/mappings/edit', isInForce ? { type } : { type, from: id })}>
            {say(isInForce ? 'startFrom' : 'restore')}
          </ButtonLink>
        </div>
      )}
    </>
  );
}

export default async function MappingHistoryPage({ searchParams }: PageInput) {
  const query = await searchParams;
  const type = typeof query.type === 'string' ? query.type : '';
  const operator = await requireOperator('mappings:read', address('/mappings/history', { type }));
  const history = readMappingHistory(operator, query);
  const { versions } = history;
  const say = await words('mappings');
  return (
    <>
      <PageHeader
        help="mappings"
        title={say('versionsFor', { type: type || '…' })}
        within={{ href: '/mappings', label: (await words('navigation'))('mappings') }}
        lead={<span>{say('besideBefore')}</span>}
      />
      {versions.length === 0 ? (
        <Nothing
          title={say('neverMapped')}
          why={say('mappedElsewhere')}
          action={<Link href="/mappings">{say('allMappings')}</Link>}
        />
      ) : (
        <div className={stack.parts}>
          <Comparison type={type} history={history} />
          <Panel title={say('versions')}>
            <ol className={styles.versions}>
              {versions.map((version, index) => (
                <li key={version.id}>
                  <Version
                    version={version}
                    before={versions[index + 1]}
                    mayWrite={can(operator.role, 'mappings:write')}
                  />
                </li>
              ))}
            </ol>
          </Panel>
        </div>
      )}
    </>
  );
}
