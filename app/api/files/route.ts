import { uploadRoute } from '#app/api/upload-route.ts';
import { uploadFile } from '#lib/services/files/files.ts';

/** Upload: `POST /api/files?name=newcomers.csv`. */
export const POST = (request: Request): Promise<Response> => uploadRoute(request, uploadFile);
