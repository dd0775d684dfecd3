'use client';

import { useEffect } from 'react';

const FORM = 'form[data-unsaved="true"]';

/** False where a form has changes that are not saved, and the reader wants to stay with them. */
export function mayLeave(question: string): boolean {
  return document.querySelector(FORM) === null || window.confirm(question);
}

/** True for a click that leads to another page in this window. */
function leavesPage(event: MouseEvent): boolean {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || link.target || link.hasAttribute('download') || event.button !== 0) return false;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return false;
  return link.origin === location.origin && link.pathname !== location.pathname;
}

/** Asks before a page with unsaved changes is left: by a link, by an address, by closing it. */
export function UnsavedChanges({ question }: { question: string }) {
  useEffect(() => {
    const onUnload = (event: BeforeUnloadEvent) => {
      if (document.querySelector(FORM)) event.preventDefault();
    };
    const onClick = (event: MouseEvent) => {
      if (!leavesPage(event) || mayLeave(question)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('beforeunload', onUnload);
    document.addEventListener('click', onClick, true);
    return () => {
      window.removeEventListener('beforeunload', onUnload);
      document.removeEventListener('click', onClick, true);
    };
  }, [question]);
  return null;
}
