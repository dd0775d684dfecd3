import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { downloadOriginal } from '#lib/services/files/original.ts';
import { bytesDownload } from '#lib/services/http/http.ts';

/** The file as it came. */
export function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(async () => bytesDownload(await downloadOriginal(await currentOperator(), { id: (await params).id })));
}
