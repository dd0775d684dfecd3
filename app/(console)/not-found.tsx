import { Link } from '#components/link.tsx';
import { Nothing } from '#components/panel.tsx';

/** For an item that does not exist. */
export default function NotFound() {
  return (
    <Nothing title="There is nothing here.">
      <p>The address may be mistyped. Nobody is ever deleted: look for them under People.</p>
      <p>
        <Link href="/people">Go to People</Link>
      </p>
    </Nothing>
  );
}
