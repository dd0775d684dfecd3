/** From bytes to text, block by block, once it is known in which encoding they are. */
import { fromLatin1, readAnew } from './code-pages.ts';
import { EAST_ASIAN, toBytes } from './east-asian.ts';
import { codePageOf, type Encoding, type Guessed } from './formats.ts';

/** Decodes block by block, without a leading byte-order mark and without padding. `detectEncoding` must have accepted the bytes. */
export function* decodeBlocks(blocks: Iterable<Uint8Array>, encoding: Encoding): Generator<string> {
  for (const text of decodedBlocks(blocks, encoding)) yield text.includes('\0') ? text.replaceAll('\0', '') : text;
}

function* decodedBlocks(blocks: Iterable<Uint8Array>, encoding: Encoding): Generator<string> {
  const codePage = codePageOf(encoding);
  if (codePage) {
    for (const block of blocks)
      yield fromLatin1(Buffer.from(block.buffer, block.byteOffset, block.byteLength).toString('latin1'), codePage);
    return;
  }
  const decoder = new TextDecoder(encoding);
  for (const block of blocks) yield decoder.decode(block, { stream: true });
  yield decoder.decode();
}

/** A text as it would be if its bytes were in another of these encodings. */
export function readOtherwise(text: string, from: Guessed, to: Guessed): string {
  const [codePage, other] = [codePageOf(from), codePageOf(to)];
  if (codePage) return other ? readAnew(text, codePage, other) : text;
  const page = EAST_ASIAN.find((one) => one === from);
  const bytes = page ? toBytes(text, page) : Buffer.from(text);
  return other ? fromLatin1(Buffer.from(bytes).toString('latin1'), other) : new TextDecoder(to).decode(bytes);
}
