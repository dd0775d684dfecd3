'use client';

import { useRouter } from 'next/navigation';
import { GuardedButton } from '#components/controls/guarded-button.tsx';

/** The way to the upload; for those who may not, it says who can. */
export function UploadLink({ whyNot }: { whyNot: string | null }) {
  const router = useRouter();
  return (
    <GuardedButton whyNot={whyNot} appearance="primary" onClick={() => router.push('/upload')}>
      Upload a CSV
    </GuardedButton>
  );
}
