'use client';

import { useEffect, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { useRefresh } from '#components/live/use-refresh.ts';
import { postJson } from '#components/ui/post.ts';
import { useWords } from '#components/words/use-words.ts';

/** How long a dismissal can be taken back with one click. */
const SHOWN_MS = 10_000;

/** Offers for ten seconds to take back the dismissal of these people, and longer to whoever points at it or has tabbed to it. */
export function UndoDismissal(props: { people: readonly number[]; onUndone: (feedback: string) => void }) {
  const { people, onUndone } = props;
  const say = useWords('actions');
  const refresh = useRefresh();
  const [isOver, setOver] = useState(false);
  const [isPointed, setPointed] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const isReached = isPointed || isFocused;
  useEffect(() => {
    if (isReached) return;
    const timer = setTimeout(() => setOver(true), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isReached]);
  if (isOver) return null;
  const undo = async () => {
    const answer = await postJson<{ done: number[] }>('/api/people/undo', { ids: people });
    setOver(true);
    onUndone(answer.ok ? say('undone') : answer.message);
    refresh();
  };
  return (
    <Button
      appearance="subtle"
      onClick={undo}
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      {say('undo')}
    </Button>
  );
}
