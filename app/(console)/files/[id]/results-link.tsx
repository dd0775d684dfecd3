'use client';

import { Button } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons/headless/svg/arrow-download';

/** The sender's own file with what became of each row. */
export function ResultsLink({ fileId }: { fileId: string }) {
  return (
    <Button as="a" href={`/api/files/${fileId}/results`} download icon={<ArrowDownloadRegular />}>
      Download with results
    </Button>
  );
}
