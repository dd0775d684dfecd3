import { requestLanguage } from '#components/words/words.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { authorise, ServiceError } from '#lib/services/http/errors.ts';
import { respond } from '#lib/services/http/http.ts';
import { compiledMessages, isArea } from '#lib/words/dictionary.ts';

/** `GET ?area=…`: words of the reader’s language, for what is drawn only when somebody asks for it. */
export function GET(request: Request): Promise<Response> {
  return respond(async () => {
    authorise(await currentOperator(), 'help:read');
    const area = new URL(request.url).searchParams.get('area') ?? '';
    if (!isArea(area)) throw new ServiceError('not_found', 'No part of the dictionary has this name.');
    return compiledMessages(await requestLanguage(), area);
  });
}
