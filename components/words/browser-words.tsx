import { headers } from 'next/headers';
import { partsOf } from '#lib/words/browser-parts.ts';
import type { Addresses } from './language-provider.tsx';

/** Loads the words of this page beside its other scripts: where the body waited for them, it was painted in pieces, between those. */
export async function BrowserWords({ scripts }: { scripts: Addresses }) {
  const asked = await headers();
  const [, nonce] = /'nonce-([^']+)'/.exec(asked.get('content-security-policy') ?? '') ?? [];
  return partsOf(asked.get('x-page-path') ?? '/').map((part) => (
    <script key={part} src={scripts[part]} nonce={nonce} async />
  ));
}
