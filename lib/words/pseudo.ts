/** English with accents and two fifths longer: in it a text that stands outside the dictionary, or has too little room, can be seen. For tests. Pure. */

import type { CompiledMessage } from 'icu-minify/format';

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = 'åƀçđéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ';
const LONGER = /[aeiouy]/i;

/** No letter of ASCII is left; every vowel stands twice, which makes words about two fifths longer. */
function accented(text: string): string {
  return [...text]
    .map((letter) => {
      const at = PLAIN.indexOf(letter);
      const other = at === -1 ? letter : ACCENTED.charAt(at);
      return LONGER.test(letter) ? other + other.toLowerCase() : other;
    })
    .join('');
}

type Node = string | number | undefined | null | { [name: string]: Node } | Node[];

/** A list of nodes; a node that is a list begins with the name of its value or its tag. */
function inList(nodes: Node[]): Node[] {
  return nodes.map((node) => (Array.isArray(node) ? inNode(node) : inText(node)));
}

function inText(node: Node): Node {
  return typeof node === 'string' ? accented(node) : node;
}

function inNode([name, ...rest]: Node[]): Node[] {
  const [type, choices] = rest;
  // A tag with what it holds; a number is the kind of a value.
  if (typeof type !== 'number' || type === 0) return [name, ...inList(rest)];
  if (typeof choices !== 'object' || choices === null || Array.isArray(choices)) return [name, ...rest];
  const said = Object.entries(choices).map(([choice, one]) => [choice, Array.isArray(one) ? inList(one) : inText(one)]);
  return [name, type, Object.fromEntries(said)];
}

export function pseudo(message: CompiledMessage): CompiledMessage {
  return (Array.isArray(message) ? inList(message as Node[]) : accented(message)) as CompiledMessage;
}
