/** Tells the server that somebody is at it: what a page asks for by itself does not keep a session from ending. */
import { postJson } from '#components/ui/post.ts';

const EVERY_MS = 60_000;

/** Follows keys and pointer until the returned function is called. */
export function tellActivity(): () => void {
  let toldAt = Date.now();
  const tell = () => {
    if (Date.now() - toldAt < EVERY_MS) return;
    toldAt = Date.now();
    void postJson('/api/sessions/seen', {});
  };
  window.addEventListener('keydown', tell);
  window.addEventListener('pointerdown', tell);
  return () => {
    window.removeEventListener('keydown', tell);
    window.removeEventListener('pointerdown', tell);
  };
}
