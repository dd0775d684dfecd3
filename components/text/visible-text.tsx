import { visiblePieces } from '#lib/domain/text/hidden-characters.ts';

/** A text from a file: characters that nobody would see are shown by their number, and its direction stays its own. */
export function VisibleText({ text }: { text: string }) {
  const pieces = visiblePieces(text);
  if (pieces.every(({ isMark }) => !isMark)) return text;
  return (
    <bdi>
      {pieces.map(({ text: piece, isMark }, at) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name
        isMark ? <code key={at}>{piece}</code> : piece,
      )}
    </bdi>
  );
}
