import NextAuth from 'next-auth';
import { currentVisit } from '#lib/auth/operator.ts';
import { authOptions } from '#lib/auth/options.ts';

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

/** What our pages and the identity provider ask for. next-auth has more, such as a log that anybody could write to. */
const ACTIONS: Record<string, readonly string[]> = {
  GET: ['providers', 'csrf', 'session', 'signin', 'signout', 'callback', 'error'],
  POST: ['signin', 'signout', 'callback'],
};

/** Built at each request: the build of the app knows no environment. */
async function handle(request: Request, context: Context): Promise<Response> {
  const [action = ''] = (await context.params).nextauth;
  if (!ACTIONS[request.method]?.includes(action)) return new Response(null, { status: 404 });
  const visit = action === 'callback' ? await currentVisit() : undefined;
  const answer: Response = await NextAuth(await authOptions(undefined, visit))(request, context);
  // What the browser kept of pages goes with the session.
  if (action === 'signout') answer.headers.set('clear-site-data', '"cache"');
  return answer;
}

export { handle as GET, handle as POST };
