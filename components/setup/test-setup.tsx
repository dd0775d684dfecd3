import { AskButton } from '#components/controls/ask-button.tsx';
import { useWords } from '#components/words/use-words.ts';

/** Asks for a test of the whole set-up; the page shows what it finds. */
export function TestSetup(props: { label: string; whyNot: string | null; isUnderWay: boolean; isPrimary?: boolean }) {
  const say = useWords('setup');
  return <AskButton {...props} to="/api/setup/checks" body={{}} underWay={say('testing')} />;
}
