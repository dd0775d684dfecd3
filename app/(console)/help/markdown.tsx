/** Markdown as elements, made on the server. What a guide may contain is listed here; HTML and all else is refused, so no guide can bring a script. */
import type { MarkedToken, Token, Tokens } from 'marked';
import { createElement, Fragment, type ReactNode } from 'react';
import { Link } from '#components/ui/link.tsx';
import styles from './help.module.css';

/** Other tokens than marked's own come from its extensions, and we use none. */
function own(token: Token): MarkedToken {
  return token as MarkedToken;
}

/** Guides link to each other by file name, so that the links work wherever the files are read. */
function addressOf(href: string): string {
  return href.replace(/^([\w-]+)\.md(?=#|$)/, '/help/$1');
}

function GuideLink({ token }: { token: Tokens.Link }) {
  const href = addressOf(token.href);
  const words = <Markdown tokens={token.tokens} />;
  if (href.startsWith('/')) return <Link href={href}>{words}</Link>;
  if (href.startsWith('#') || href.startsWith('https://')) return <a href={href}>{words}</a>;
  throw new Error(`A guide links to ${href}: link to #…, /…, https://… or another guide.`);
}

function List({ token }: { token: Tokens.List }) {
  const items = token.items.map((item) => (
    <li key={item.raw}>
      <Markdown tokens={item.tokens} />
    </li>
  ));
  return token.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
}

function Table({ token }: { token: Tokens.Table }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {token.header.map((cell) => (
            <th key={cell.text} scope="col">
              <Markdown tokens={cell.tokens} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {token.rows.map((row) => (
          <tr key={row.map(({ text }) => text).join('|')}>
            {row.map((cell, column) => (
              <td key={token.header[column]?.text}>
                <Markdown tokens={cell.tokens} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function render(token: MarkedToken): ReactNode {
  switch (token.type) {
    case 'space':
      return null;
    case 'paragraph':
      return (
        <p>
          <Markdown tokens={token.tokens} />
        </p>
      );
    case 'text':
      return token.tokens ? <Markdown tokens={token.tokens} /> : token.text;
    case 'escape':
      return token.text;
    case 'strong':
      return (
        <strong>
          <Markdown tokens={token.tokens} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <Markdown tokens={token.tokens} />
        </em>
      );
    case 'codespan':
      return <code>{token.text}</code>;
    case 'code':
      return <pre>{token.text}</pre>;
    case 'link':
      return <GuideLink token={token} />;
    case 'list':
      return <List token={token} />;
    case 'table':
      return <Table token={token} />;
    default:
      throw new Error(`A guide contains "${token.raw}" (${token.type}), which Help does not show.`);
  }
}

export function Markdown({ tokens }: { tokens: readonly Token[] }) {
  // Handed over one by one: parts of a text that never changes need no keys.
  return createElement(Fragment, null, ...tokens.map((token) => render(own(token))));
}
