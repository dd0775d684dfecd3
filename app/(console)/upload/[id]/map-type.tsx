'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { address } from '#components/text/address.ts';
import { Modal } from '#components/ui/overlays/modal.tsx';
import { getJson } from '#components/ui/post.ts';
import { useWords } from '#components/words/use-words.ts';
import type { MappingEditor } from '#lib/services/mappings/mappings.ts';
import type { DraftState } from './use-draft.ts';

/** Fetched by whoever maps something: most uploads need it not. */
const MappingForm = dynamic(() => import('#components/mappings/mapping-form.tsx').then((file) => file.MappingForm));

/** Maps an EmployeeType of the upload without leaving it; the rows are read again once it is published. */
export function MapType({ type, editor }: { type: string; editor: DraftState }) {
  const say = useWords('upload');
  const [isOpen, setOpen] = useState(false);
  const [mapping, setMapping] = useState<MappingEditor | null>(null);
  const [failure, setFailure] = useState('');
  const start = async (like: string | null) => {
    setFailure('');
    setOpen(true);
    const answer = await getJson<MappingEditor>(address('/api/mappings/editor', { type, like }));
    if (answer.ok) setMapping(answer.data);
    else setFailure(answer.message);
  };
  const close = () => {
    setOpen(false);
    setMapping(null);
  };
  return (
    <>
      <GuardedButton appearance="subtle" whyNot={editor.draft?.whyNotMap ?? null} onClick={() => start(null)}>
        {say('map', { type })}
      </GuardedButton>
      <Modal title={say('mapType', { type })} isOpen={isOpen} close={close}>
        {failure && <p role="alert">{failure}</p>}
        {mapping && (
          <MappingForm
            key={JSON.stringify(mapping.draft.licences)}
            editor={mapping}
            releases={false}
            startLike={start}
            onPublished={() => {
              close();
              void editor.reload();
            }}
          />
        )}
      </Modal>
    </>
  );
}
