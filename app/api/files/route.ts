import { currentOperator } from '#lib/auth/operator.ts';
import { uploadFile } from '#lib/services/files/files.ts';
import { authorise } from '#lib/services/http/errors.ts';
import { csvBody, respond } from '#lib/services/http/http.ts';

/** Upload: `POST /api/files?name=newcomers.csv`, content type `text/csv`, the file itself as the body. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => {
    const operator = await currentOperator();
    // The service asks again; here it spares reading the file of someone who may not upload.
    authorise(operator, 'files:upload');
    const name = new URL(request.url).searchParams.get('name');
    return uploadFile(operator, { name }, csvBody(request));
  });
}
