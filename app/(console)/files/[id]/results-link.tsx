import { DownloadIcon } from '@primer/octicons-react/DownloadIcon';
import { DownloadLink } from '#components/controls/button.tsx';

/** The sender's own file with what became of each row. */
export function ResultsLink({ fileId }: { fileId: string }) {
  return (
    <DownloadLink href={`/api/files/${fileId}/results`} icon={<DownloadIcon />}>
      Download with results
    </DownloadLink>
  );
}

/** The file as it came, byte for byte. */
export function OriginalLink({ fileId }: { fileId: string }) {
  return (
    <DownloadLink href={`/api/files/${fileId}/original`} icon={<DownloadIcon />}>
      Download the original
    </DownloadLink>
  );
}
