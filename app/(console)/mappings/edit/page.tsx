import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { MappingForm } from '#components/mappings/mapping-form.tsx';
import { address } from '#components/text/address.ts';
import { Link } from '#components/ui/link.tsx';
import { Time } from '#components/ui/time.tsx';
import { requireOperator } from '#lib/auth/operator.ts';
import { readMappingEditor } from '#lib/services/mappings/mappings.ts';

export const metadata: Metadata = { title: 'Mapping' };

export default async function MappingEditPage({ searchParams }: PageInput) {
  const query = await searchParams;
  const operator = await requireOperator(
    'mappings:write',
    address('/mappings/edit', { type: String(query.type ?? '') }),
  );
  const editor = readMappingEditor(operator, query);
  const isNew = editor.baseId === null;
  return (
    <>
      <PageHeader
        help="mappings"
        title={isNew ? 'New mapping' : `EmployeeType ${editor.employeeType}`}
        within={{ href: '/mappings', label: 'Mappings' }}
        lead={
          <span>
            {editor.skusSeenAt === null ? (
              'The licences of the tenant are not known yet: the first run asks for them.'
            ) : (
              <>
                Licences as seen <Time at={editor.skusSeenAt} />.{' '}
              </>
            )}
            {!isNew && <Link href={address('/mappings/history', { type: editor.employeeType })}>Earlier versions</Link>}
          </span>
        }
      />
      <MappingForm editor={editor} releases={query.release === '1'} />
    </>
  );
}
