import Link from 'next/link';
import { Nothing } from '#components/panel.tsx';

/** For an item that does not exist. */
export default function NotFound() {
  return (
    <Nothing title="There is nothing here.">
      <p>The address may be mistyped. Nobody is ever deleted: look for them under People.</p>
      <p>
        <Link href="/people" prefetch={false}>
          Go to People
        </Link>
      </p>
    </Nothing>
  );
}
