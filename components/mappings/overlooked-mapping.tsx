'use client';

import { useRouter } from 'next/navigation';
import { use, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { address } from '#components/text/address.ts';
import { Callout } from '#components/ui/callout.tsx';
import { postJson } from '#components/ui/post.ts';
import { LanguageContext } from '#components/words/language-provider.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { Removed } from '#lib/services/mappings/mapping-removal.ts';
import type { MappingEditor } from '#lib/services/mappings/mappings.ts';
import { listed } from '#lib/words/listed.ts';

/** A mapping that an earlier version kept apart, and that applies to nobody: which of the two is meant, only people know. */
export function OverlookedMapping({
  mapping: { id, employeeType: type, licences },
  other,
}: {
  mapping: MappingEditor['overlooked'][number];
  other: string;
}) {
  const say = useWords('mapping');
  const language = use(LanguageContext);
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const remove = async () => {
    const answer = await postJson<Removed>('/api/mappings/remove', { employeeType: type, baseId: id });
    setProblem(answer.ok ? null : answer.message);
    if (!answer.ok) return;
    router.push(address('/mappings', { changed: answer.data.eventId }));
    router.refresh();
  };
  return (
    <Callout tone="warn" label={say('overlookedLabel', { type })}>
      <p>{say('overlookedHere', { type, licences: listed(licences, language), other })}</p>
      {problem !== null && <p role="alert">{problem}</p>}
      <div>
        <Button onClick={remove}>{say('removeOverlooked', { type })}</Button>
      </div>
    </Callout>
  );
}
