import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import './tokens.css';
import './globals.css';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = {
  title: { default: 'AutoProvision', template: '%s – AutoProvision' },
  description: 'Gives every newcomer the right Microsoft 365 licence and watches until the mailbox opens.',
};

export const viewport: Viewport = { colorScheme: 'light dark' };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
