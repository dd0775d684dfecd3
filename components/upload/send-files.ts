/** Sends files for review, one after the other, and says how far it is. */
import { address } from '#components/text/address.ts';
import { postFile } from '#components/ui/post.ts';

export interface Sending {
  name: string;
  /** Which of how many files, from 1. */
  file: number;
  files: number;
  sentBytes: number;
  bytes: number;
}

export interface Sent {
  /** Uploads that wait to be reviewed. */
  opened: { id: string; name: string }[];
  refused: { name: string; why: string }[];
}

export async function sendFiles(files: readonly File[], onProgress: (sending: Sending) => void): Promise<Sent> {
  const sent: Sent = { opened: [], refused: [] };
  for (const [index, file] of files.entries()) {
    const { name, size } = file;
    const tell = (sentBytes: number) =>
      onProgress({ name, file: index + 1, files: files.length, sentBytes: Math.min(sentBytes, size), bytes: size });
    tell(0);
    const answer = await postFile<{ id: string }>(address('/api/drafts', { name }), file, tell);
    if (answer.ok) sent.opened.push({ id: answer.data.id, name });
    else sent.refused.push({ name, why: answer.message });
  }
  return sent;
}
