import { AskButton } from '#components/controls/ask-button.tsx';

/** Asks for a test of the whole set-up; the page shows what it finds. */
export function TestSetup(props: { label: string; whyNot: string | null; isUnderWay: boolean; isPrimary?: boolean }) {
  return <AskButton {...props} to="/api/setup/checks" body={{}} underWay="Testing …" />;
}
