import { CentredLayout } from '#components/layout/centred-layout.tsx';
import { Link } from '#components/ui/link.tsx';

/** For an address that leads nowhere. */
export default function NotFound() {
  return (
    <CentredLayout title="Page not found">
      <p>The address may be mistyped, or what it named is gone. Nobody is ever deleted: look for them under People.</p>
      <p>
        <Link href="/">Go to the overview</Link>
      </p>
    </CentredLayout>
  );
}
