import { respond } from '#app/respond.ts';
import { currentOperator } from '#lib/auth/operator.ts';
import { readJson } from '#lib/services/http/http.ts';
import { sendTestMail } from '#lib/services/mail/mails.ts';

/** "Send a test mail": `POST` with `{}`. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => {
    const operator = await currentOperator();
    await readJson(request);
    return sendTestMail(operator);
  });
}
