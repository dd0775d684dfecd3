import { headers } from 'next/headers';
import { partsOf } from '#lib/words/browser-parts.ts';
import type { Addresses } from './language-provider.tsx';

/** Loads the scripts with the words of this page before the browser draws anything of it again. */
export async function BrowserWords({ scripts }: { scripts: Addresses }) {
  const asked = await headers();
  const [, nonce] = /'nonce-([^']+)'/.exec(asked.get('content-security-policy') ?? '') ?? [];
  return partsOf(asked.get('x-page-path') ?? '/').map((part) => (
    <script key={part} src={scripts[part]} nonce={nonce} />
  ));
}
