import { browserScripts } from '#lib/words/browser-script.ts';
import { LANGUAGES, type Language } from '#lib/words/languages.ts';

/** `GET /words/en.….js`: a part of the words that browsers need, in one language. They are no secret, and a changed one changes the name. */
export async function GET(_request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await params;
  const scripts = (Object.keys(LANGUAGES) as Language[]).flatMap((language) => Object.values(browserScripts(language)));
  const script = scripts.find(({ name }) => name === file);
  if (!script) return new Response(null, { status: 404 });
  return new Response(script.text, {
    headers: {
      'content-type': 'application/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    },
  });
}
