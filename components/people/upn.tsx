import { VisibleText } from '#components/text/visible-text.tsx';

/** How many characters fit into one line of the narrowest column, on a phone. */
const SHORT = 16;

/** A UserPrincipalName that breaks before its @ where space is short. */
export function Upn({ text }: { text: string }) {
  const at = text.lastIndexOf('@');
  if (at < 0 || text.length <= SHORT) return <VisibleText text={text} />;
  return (
    <>
      <VisibleText text={text.slice(0, at)} />
      <wbr />
      <VisibleText text={text.slice(at)} />
    </>
  );
}
