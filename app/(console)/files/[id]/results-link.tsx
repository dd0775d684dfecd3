import { DownloadIcon } from '@primer/octicons-react/DownloadIcon';
import { DownloadLink } from '#components/controls/button.tsx';
import { useWords } from '#components/words/use-words.ts';

/** The sender's own file with what became of each row. */
export function ResultsLink({ fileId }: { fileId: string }) {
  const say = useWords('files');
  return (
    <DownloadLink href={`/api/files/${fileId}/results`} icon={<DownloadIcon />}>
      {say('results')}
    </DownloadLink>
  );
}

/** The file as it came, byte for byte. */
export function OriginalLink({ fileId }: { fileId: string }) {
  const say = useWords('files');
  return (
    <DownloadLink href={`/api/files/${fileId}/original`} icon={<DownloadIcon />}>
      {say('original')}
    </DownloadLink>
  );
}
