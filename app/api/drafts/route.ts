import { uploadRoute } from '#app/api/upload-route.ts';
import { createDraft } from '#lib/services/drafts/drafts.ts';

/** An upload to review: `POST /api/drafts?name=newcomers.csv`. */
export const POST = (request: Request): Promise<Response> => uploadRoute(request, createDraft);
