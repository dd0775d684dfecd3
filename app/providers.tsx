'use client';

/** The Fluent kit for server rendering: one style renderer a page, its style tags carrying the nonce of the request. */
import {
  createDOMRenderer,
  FluentProvider,
  RendererProvider,
  renderToStyleElements,
  SSRProvider,
} from '@fluentui/react-components';
import { useServerInsertedHTML } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { theme } from '#components/layout/theme.ts';

export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
  const [renderer] = useState(() =>
    createDOMRenderer(typeof document === 'undefined' ? undefined : document, { styleElementAttributes: { nonce } }),
  );
  const [sent] = useState({ styles: false });
  useServerInsertedHTML(() => {
    if (sent.styles) return null;
    sent.styles = true;
    return <>{renderToStyleElements(renderer)}</>;
  });
  return (
    <RendererProvider renderer={renderer}>
      <SSRProvider>
        <FluentProvider theme={theme}>
          <div className="app">{children}</div>
        </FluentProvider>
      </SSRProvider>
    </RendererProvider>
  );
}
