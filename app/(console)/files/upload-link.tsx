'use client';

import { useRouter } from 'next/navigation';
import { GuardedButton } from '#components/controls/guarded-button.tsx';

/** The link to the upload page; without the permission it says who has it. */
export function UploadLink({ whyNot }: { whyNot: string | null }) {
  const router = useRouter();
  return (
    <GuardedButton whyNot={whyNot} appearance="primary" onClick={() => router.push('/upload')}>
      Upload a file
    </GuardedButton>
  );
}
