'use client';

import { Button } from '@fluentui/react-components';
import { DownloadIcon } from '@primer/octicons-react/DownloadIcon';

/** The sender's own file with what became of each row. */
export function ResultsLink({ fileId }: { fileId: string }) {
  return (
    <Button as="a" href={`/api/files/${fileId}/results`} download icon={<DownloadIcon />}>
      Download with results
    </Button>
  );
}
