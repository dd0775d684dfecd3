import { headers } from 'next/headers';
import { browserScript } from '#lib/words/browser-script.ts';
import type { Language } from '#lib/words/languages.ts';

/** Loads the words of the language before anything of the page is drawn again in the browser. */
export async function BrowserWords({ language }: { language: Language }) {
  const policy = (await headers()).get('content-security-policy') ?? '';
  const [, nonce] = /'nonce-([^']+)'/.exec(policy) ?? [];
  return <script src={`/words/${browserScript(language).name}`} nonce={nonce} />;
}
