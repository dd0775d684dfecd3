/** A row leads where its first link leads: a click anywhere in it is a click on that link. By keyboard and to screen readers the row is its link. */

/** What has a use of its own within a row. */
const CONTROLS = 'a, button, input, label, select, textarea, summary';

function follow({ target, button, ctrlKey, metaKey, shiftKey }: MouseEvent): void {
  if (!(target instanceof Element) || target.closest(CONTROLS) || button > 1) return;
  // Whoever marks words in a row wants to copy them.
  if (window.getSelection()?.isCollapsed === false) return;
  const click = { bubbles: true, cancelable: true, ctrlKey: ctrlKey || button === 1, metaKey, shiftKey };
  target.closest('tr')?.querySelector('a')?.dispatchEvent(new MouseEvent('click', click));
}

/** For the body of a table; gives what ends it. */
export function followRows(body: HTMLElement | null): (() => void) | undefined {
  if (!body) return undefined;
  const listening = new AbortController();
  body.addEventListener('click', follow, listening);
  body.addEventListener('auxclick', follow, listening);
  return () => listening.abort();
}
