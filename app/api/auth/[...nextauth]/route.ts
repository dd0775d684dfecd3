import NextAuth from 'next-auth';
import { authOptions } from '#lib/auth/options.ts';

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

/** Built at each request: the build of the app knows no environment. */
function handle(request: Request, context: Context): Promise<Response> {
  return NextAuth(authOptions())(request, context);
}

export { handle as GET, handle as POST };
