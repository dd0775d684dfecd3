/** Uploads: the file itself is the body, with the content type of a CSV or of a workbook; its name is in the address. */
import { respond } from '#app/respond.ts';
import { currentOperator, type Operator } from '#lib/auth/operator.ts';
import { authorise } from '#lib/services/http/errors.ts';
import { fileBody } from '#lib/services/http/http.ts';

type Upload = (operator: Operator | null, input: { name: string | null }, body: ReturnType<typeof fileBody>) => unknown;

/** Answers with what `upload` gives. */
export function uploadRoute(request: Request, upload: Upload): Promise<Response> {
  return respond(async () => {
    const operator = await currentOperator();
    // The service asks again; here it spares reading the file of someone who may not upload.
    authorise(operator, 'files:upload');
    const name = new URL(request.url).searchParams.get('name');
    return upload(operator, { name }, fileBody(request));
  });
}
