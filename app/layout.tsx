import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { PREFERENCES_COOKIE, readPreferences } from '#components/preferences/preferences.ts';
import { BrowserWords } from '#components/words/browser-words.tsx';
import { type Addresses, LanguageProvider } from '#components/words/language-provider.tsx';
import { requestLanguage } from '#components/words/words.ts';
import { browserScripts, prepareWords } from '#lib/words/browser-script.ts';
import type { Language } from '#lib/words/languages.ts';
import './tokens.css';
import './globals.css';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = {
  title: { default: 'AutoProvision', template: '%s – AutoProvision' },
};

export const viewport: Viewport = { colorScheme: 'light dark' };

function addresses(language: Language): Addresses {
  const made = Object.entries(browserScripts(language)).map(([part, { name }]) => [part, `/words/${name}`]);
  return Object.fromEntries(made);
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { theme, rows } = readPreferences((await cookies()).get(PREFERENCES_COOKIE)?.value);
  const language = await requestLanguage();
  prepareWords(language);
  const scripts = addresses(language);
  return (
    <html lang={language} data-theme={theme} data-rows={rows}>
      <head>
        <BrowserWords scripts={scripts} />
      </head>
      <body>
        <LanguageProvider language={language} scripts={scripts}>
          {children}
        </LanguageProvider>
      </body>
    </html>
  );
}
