import type { Metadata } from 'next';
import type { PageInput } from '#app/page-input.ts';
import { Button } from '#components/controls/button.tsx';
import { Field, Input } from '#components/controls/field.tsx';
import { DiagnosisPanel } from '#components/diagnosis/diagnosis-panel.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Link } from '#components/ui/link.tsx';
import { Panel } from '#components/ui/panel.tsx';
import stack from '#components/ui/stack.module.css';
import { requestLanguage, words } from '#components/words/words.ts';
import { requireOperator } from '#lib/auth/operator.ts';
import { readDiagnosis } from '#lib/services/diagnoses/diagnoses.ts';
import { whyNot } from '#lib/services/http/errors.ts';
import styles from './diagnosis.module.css';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('navigation'))('diagnosis') };
}

/** The cause for any name, also one that no file named. */
export default async function DiagnosisPage({ searchParams }: PageInput) {
  const operator = await requireOperator('people:read', '/diagnosis');
  const { upn } = await searchParams;
  const [say, sayPlace] = [await words('diagnosis'), await words('navigation')];
  const typed = typeof upn === 'string' ? upn : '';
  const { userPrincipalName, person, diagnosis } = readDiagnosis(operator, { upn: typed }, await requestLanguage());
  const problem = typed !== '' && userPrincipalName === null ? say('typeOne') : null;
  return (
    <>
      <PageHeader
        help="diagnosis"
        title={userPrincipalName ?? sayPlace('diagnosis')}
        within={{ href: '/people', label: sayPlace('people') }}
        lead={
          userPrincipalName !== null &&
          (person ? (
            <Link href={`/people/${person.id}`}>{say('knownHere', { name: person.displayName })}</Link>
          ) : (
            <span>{say('notNamed')}</span>
          ))
        }
      />
      <div className={stack.parts}>
        <Panel title={say('whose')}>
          <form action="/diagnosis" className={styles.form}>
            <Field label={say('userPrincipalName')} problem={problem}>
              <Input
                key={typed}
                name="upn"
                defaultValue={typed}
                required
                maxLength={256}
                autoComplete="off"
                spellCheck={false}
              />
            </Field>
            <Button type="submit">{say('open')}</Button>
          </form>
        </Panel>
        {userPrincipalName !== null && (
          <DiagnosisPanel
            userPrincipalName={userPrincipalName}
            diagnosis={diagnosis}
            whyNot={whyNot(operator.role, 'people:act', await requestLanguage())}
          />
        )}
      </div>
    </>
  );
}
