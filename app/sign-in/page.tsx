import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import type { PageInput } from '#app/page-input.ts';
import { CentredLayout } from '#components/layout/centred-layout.tsx';
import { words } from '#components/words/words.ts';
import { currentVisitor, isDemoTenant, pathWithin } from '#lib/auth/operator.ts';
import { DemoChoice, MicrosoftButton } from './sign-in-choices.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('signIn'))('title') };
}

/** What next-auth calls an error. */
const PROBLEMS = new Map<string, 'otherOrganisation' | 'tooWeak' | 'again'>([
  ['AccessDenied', 'otherOrganisation'],
  ['TooWeak', 'tooWeak'],
  ['SessionRequired', 'again'],
]);

export default async function SignInPage({ searchParams }: PageInput) {
  const { callbackUrl, error } = await searchParams;
  const returnTo = pathWithin(typeof callbackUrl === 'string' ? callbackUrl : '/');
  const visitor = await currentVisitor();
  if (visitor.kind === 'operator') redirect(returnTo);
  const isDemo = isDemoTenant();
  const say = await words('signIn');
  return (
    <CentredLayout title={say('title')}>
      {typeof error === 'string' && <p role="alert">{say(PROBLEMS.get(error) ?? 'failedAgain')}</p>}
      {isDemo ? (
        <>
          <p>{say('demo')}</p>
          <DemoChoice returnTo={returnTo} />
        </>
      ) : (
        <>
          <p>{say('account')}</p>
          <MicrosoftButton returnTo={returnTo} text={say('withMicrosoft')} />
        </>
      )}
    </CentredLayout>
  );
}
