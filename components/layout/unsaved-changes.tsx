'use client';

import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { linkFollowed } from './in-app-links.tsx';

/** A form with changes, or a field of a dialog with text in it. */
const UNSAVED = '[data-unsaved=true]';

/** False where something typed is not saved, and the reader wants to stay with them. */
export function mayLeave(question: string): boolean {
  return document.querySelector(UNSAVED) === null || confirm(question);
}

/** True for a click that leads to another page in this window. */
function leavesPage(event: MouseEvent): boolean {
  const link = linkFollowed(event);
  return link !== null && link.pathname !== location.pathname;
}

/** The page that is shown and what is asked before it is left; null before the browser has it. */
let shown: { path: string; question: string } | null = null;

/**
 * Asks where Back or Forward leads away from the page that is shown, before Next hears of it: the address has moved by then, so that staying moves
 * it back. A `navigate` event could be refused before that, but only once for each time that the reader has touched the page.
 */
function watchHistory({ navigation }: Window): void {
  // An older browser does not tell which way it went, and so not where to go back to.
  if (!navigation) return;
  let cameFrom = 0;
  let isReturning = false;
  navigation.addEventListener('currententrychange', ({ from }) => {
    cameFrom = from.index;
  });
  addEventListener('popstate', (event) => {
    if (!isReturning && (!shown || location.pathname === shown.path || mayLeave(shown.question))) return;
    event.stopImmediatePropagation();
    isReturning = !isReturning;
    if (isReturning) history.go(cameFrom - (navigation.currentEntry?.index ?? 0));
  });
}

// The listeners of a window hear of it in the order in which they came: this one has to be there before Next's, which comes with the first page.
if (typeof window !== 'undefined') watchHistory(window);

/** Asks before a page with unsaved changes is left: by a link, by Back and Forward, by an address, by closing it. */
export function UnsavedChanges({ question }: { question: string }) {
  const path = usePathname();
  useEffect(() => {
    shown = { path, question };
  }, [path, question]);
  useEffect(() => {
    const onUnload = (event: BeforeUnloadEvent) => {
      if (document.querySelector(UNSAVED)) event.preventDefault();
    };
    const onClick = (event: MouseEvent) => {
      if (!leavesPage(event) || mayLeave(question)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener('beforeunload', onUnload);
    document.addEventListener('click', onClick, true);
    return () => {
      removeEventListener('beforeunload', onUnload);
      document.removeEventListener('click', onClick, true);
    };
  }, [question]);
  return null;
}
