import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import type { PageInput } from '#app/page-input.ts';
import { CentredLayout } from '#components/layout/centred-layout.tsx';
import { SignOut } from '#components/layout/sign-out.tsx';
import { Link } from '#components/ui/link.tsx';
import { words } from '#components/words/words.ts';
import { currentVisitor } from '#lib/auth/operator.ts';
import { PERMISSIONS, ROLES, weakestRole } from '#lib/auth/roles.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words('signIn'))('noAccess') };
}

/** For someone who is signed in and may not: says who can help. */
export default async function NoAccessPage({ searchParams }: PageInput) {
  const visitor = await currentVisitor();
  if (visitor.kind === 'anonymous') redirect('/sign-in');
  const { needs } = await searchParams;
  const permission = PERMISSIONS.find((name) => name === needs);
  const say = await words('signIn');
  if (visitor.kind === 'operator') {
    const { name, role } = visitor.operator;
    return (
      <CentredLayout title={say('noAccessHere')}>
        <p>
          {permission
            ? say('needsRole', { needed: weakestRole(permission), name, role })
            : say('otherRole', { name, role })}
        </p>
        <p>
          <Link href="/">{say('toOverview')}</Link>
        </p>
      </CentredLayout>
    );
  }
  return (
    <CentredLayout title={say('noRole')}>
      <p>{say('noRoleYet', { name: visitor.email ? `${visitor.name} (${visitor.email})` : visitor.name })}</p>
      <p>{say('askForRole', { others: ROLES.slice(0, -1).join(', '), last: ROLES.at(-1) ?? '' })}</p>
      <div>
        <SignOut text={(await words('frame'))('signOut')} />
      </div>
    </CentredLayout>
  );
}
