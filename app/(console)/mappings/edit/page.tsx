import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { MappingForm } from '#components/mappings/mapping-form.tsx';
import { OverlookedMapping } from '#components/mappings/overlooked-mapping.tsx';
import { address } from '#components/text/address.ts';
import { Link } from '#components/ui/link.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { readMappingEditor } from '#lib/services/mappings/mappings.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('mappings'))('mapping') };
}

export default async function MappingEditPage({ searchParams }: PageInput) {
  const query = await searchParams;
  const operator = await requireOperator(
    'mappings:write',
    address('/mappings/edit', { type: String(query.type ?? '') }),
  );
  const say = await words('mappings');
  const editor = readMappingEditor(operator, query);
  const { employeeType: type, skusSeenAt } = editor;
  const isNew = editor.baseId === null;
  return (
    <>
      <PageHeader
        help="mappings"
        title={isNew ? say('new') : say('type', { type })}
        within={{ href: '/mappings', label: (await words('navigation'))('mappings') }}
        lead={
          <span>
            {skusSeenAt === null
              ? say('licencesUnknown')
              : say.parts('licencesSeen', { when: () => <Time at={skusSeenAt} /> })}{' '}
            {!isNew && <Link href={address('/mappings/history', { type })}>{say('earlierVersions')}</Link>}
          </span>
        }
      />
      <div className={stack.parts}>
        {editor.overlooked.map((mapping) => (
          <OverlookedMapping key={mapping.id} mapping={mapping} other={type} />
        ))}
        <MappingForm editor={editor} releases={query.release === '1'} />
      </div>
    </>
  );
}
