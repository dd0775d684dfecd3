import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import type { PageInput } from '#app/page-input.ts';
import { CentredLayout } from '#components/layout/centred-layout.tsx';
import { SignOut } from '#components/layout/sign-out.tsx';
import { Link } from '#components/ui/link.tsx';
import { currentVisitor } from '#lib/auth/operator.ts';
import { PERMISSIONS, ROLES, weakestRole } from '#lib/auth/roles.ts';

export const metadata: Metadata = { title: 'No access' };

/** For someone who is signed in and may not: says who can help. */
export default async function NoAccessPage({ searchParams }: PageInput) {
  const visitor = await currentVisitor();
  if (visitor.kind === 'anonymous') redirect('/sign-in');
  const { needs } = await searchParams;
  const permission = PERMISSIONS.find((name) => name === needs);
  if (visitor.kind === 'operator')
    return (
      <CentredLayout title="You do not have access to this page">
        <p>
          {permission ? `It needs the role ${weakestRole(permission)}; ` : ''}you are signed in as{' '}
          {visitor.operator.name} with the role {visitor.operator.role}. Your Microsoft 365 administrator can give you
          another role.
        </p>
        <p>
          <Link href="/">Go to the overview</Link>
        </p>
      </CentredLayout>
    );
  return (
    <CentredLayout title="You have no role here yet">
      <p>
        You are signed in as {visitor.name}
        {visitor.email && ` (${visitor.email})`}, but nobody has given you a role in AutoProvision.
      </p>
      <p>
        Ask your Microsoft 365 administrator for one of the app roles {ROLES.slice(0, -1).join(', ')} or {ROLES.at(-1)}:
        Entra admin centre, Enterprise applications, AutoProvision, Users and groups. Then sign in again.
      </p>
      <div>
        <SignOut />
      </div>
    </CentredLayout>
  );
}
