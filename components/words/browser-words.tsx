import { headers } from 'next/headers';

/** Loads the script with the words before the browser draws anything of the page again. */
export async function BrowserWords({ script }: { script: string }) {
  const policy = (await headers()).get('content-security-policy') ?? '';
  const [, nonce] = /'nonce-([^']+)'/.exec(policy) ?? [];
  return <script src={script} nonce={nonce} />;
}
