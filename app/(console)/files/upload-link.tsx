'use client';

import { useRouter } from 'next/navigation';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { useWords } from '#components/words/use-words.ts';

/** The link to the upload page; without the permission it says who has it. */
export function UploadLink({ whyNot }: { whyNot: string | null }) {
  const say = useWords('files');
  const router = useRouter();
  return (
    <GuardedButton whyNot={whyNot} appearance="primary" onClick={() => router.push('/upload')}>
      {say('upload')}
    </GuardedButton>
  );
}
