/** How many characters fit into one line of the narrowest column. */
const SHORT = 28;

/** A UserPrincipalName that breaks before its @ where space is short. */
export function Upn({ text }: { text: string }) {
  const at = text.lastIndexOf('@');
  if (at < 0 || text.length <= SHORT) return text;
  return (
    <>
      {text.slice(0, at)}
      <wbr />
      {text.slice(at)}
    </>
  );
}
