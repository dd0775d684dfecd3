import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readMappingEditor } from '#lib/services/mappings/mappings.ts';

/** What the editor of a mapping starts from: `GET /api/mappings/editor?type=X9&like=E`. */
export function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const query = Object.fromEntries(new URL(request.url).searchParams);
    return readMappingEditor(await currentOperator(), query);
  });
}
