import { currentOperator } from '#lib/auth/operator.ts';
import { respond } from '#lib/services/http.ts';
import { readRunLog } from '#lib/services/runs.ts';

/** The run's log as a text file. */
export function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => {
    const { name, text } = readRunLog(await currentOperator(), await params);
    return new Response(text, {
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"`,
        'cache-control': 'no-store',
      },
    });
  });
}
