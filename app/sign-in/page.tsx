import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import type { PageInput } from '#app/page-input.ts';
import { CentredLayout } from '#components/layout/centred-layout.tsx';
import { currentVisitor, isDemoTenant, pathWithin } from '#lib/auth/operator.ts';
import { DemoChoice, MicrosoftButton } from './sign-in-choices.tsx';

export const metadata: Metadata = { title: 'Sign in' };

/** What next-auth calls an error, in words. */
const PROBLEMS: Record<string, string> = {
  AccessDenied: 'This account does not belong to the organisation that runs AutoProvision. Choose another one.',
  TooWeak:
    'This sign-in is not strong enough: the organisation asks for a stronger one here, for example with a second factor. Sign in again; if it fails again, tell whoever runs the server.',
  SessionRequired: 'Please sign in again.',
};
const OTHER_PROBLEM = 'The sign-in did not work. Please try again; if it fails again, tell whoever runs the server.';

export default async function SignInPage({ searchParams }: PageInput) {
  const { callbackUrl, error } = await searchParams;
  const returnTo = pathWithin(typeof callbackUrl === 'string' ? callbackUrl : '/');
  const visitor = await currentVisitor();
  if (visitor.kind === 'operator') redirect(returnTo);
  const isDemo = isDemoTenant();
  return (
    <CentredLayout title="Sign in">
      {typeof error === 'string' && <p role="alert">{PROBLEMS[error] ?? OTHER_PROBLEM}</p>}
      {isDemo ? (
        <>
          <p>This is a demo tenant: nothing here is real. Choose a role; there is no password.</p>
          <DemoChoice returnTo={returnTo} />
        </>
      ) : (
        <>
          <p>Use the account you work with in Microsoft 365.</p>
          <MicrosoftButton returnTo={returnTo} />
        </>
      )}
    </CentredLayout>
  );
}
