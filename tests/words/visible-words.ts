/** Finds, in sources, words that a reader would see: the interface keeps them in its dictionary (`lib/words`). */
import { parseSync, visitorKeys } from 'oxc-parser';

/** Attributes and properties whose text is shown or read out. */
const SHOWN =
  /^(?:aria-label|aria-description|aria-roledescription|aria-valuetext|alt|caption|counted|description|header|hint|label|lead|many|meaning|none|note|one|placeholder|question|submit|summary|text|title|underWay)$/;
/** Names are the same in every language; lists of elements are read by the browser. */
const NAMES = [
  'AutoProvision',
  'Microsoft Graph',
  'main tbody tr',
  'a, button, input, label, select, textarea, summary',
];
/** Properties whose text is for the browser. */
const UNSEEN = /^(?:cache-control|colorScheme|content-type)$/;
const LETTER = /\p{L}/u;
const TWO_WORDS = /\p{L}[\p{L}\d]*[,.:;…?!]? \p{L}/u;

interface Node {
  type: string;
  start: number;
  [property: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

function childrenOf(node: Node): { child: Node; property: string }[] {
  return (visitorKeys[node.type] ?? []).flatMap((property) =>
    [node[property]].flat().flatMap((child) => (isNode(child) ? [{ child, property }] : [])),
  );
}

/** Name of an attribute or a property: `title`, `aria-label`. */
function nameOf(key: unknown): string {
  if (!isNode(key)) return '';
  return String(key.name ?? key.value ?? '');
}

/** `sentence`: two words are words for a reader; `any`: already one letter is; `none`: no text here is shown. */
type Suspicion = 'sentence' | 'any' | 'none';

/** What is suspected of the text inside `child`, which stands in `node`. */
function suspicionOf(node: Node, child: Node, property: string, outer: Suspicion): Suspicion {
  if (outer === 'none' || node.directive || property === 'test' || property === 'typeAnnotation') return 'none';
  if (/^(?:Import|ExportAll)/.test(node.type) || /^TS(?!As|Satisfies)/.test(child.type)) return 'none';
  if (node.type === 'BinaryExpression' && node.operator !== '+') return 'none';
  if (node.type === 'NewExpression' && /Error$|^RegExp$/.test(nameOf(node.callee))) return 'none';
  if (node.type === 'JSXAttribute') {
    if (/^class/.test(nameOf(node.name))) return 'none';
    return SHOWN.test(nameOf(node.name)) ? 'any' : 'sentence';
  }
  if (node.type === 'Property' && UNSEEN.test(nameOf(node.key))) return 'none';
  if (node.type === 'Property') return property === 'value' && SHOWN.test(nameOf(node.key)) ? 'any' : 'sentence';
  if (node.type === 'JSXElement' || node.type === 'JSXFragment') return property === 'children' ? 'any' : 'sentence';
  // What decides, and what is handed to a function, is not shown as it stands.
  if (node.type === 'LogicalExpression' && node.operator === '&&' && property === 'left') return 'sentence';
  return /^(?:JSXExpressionContainer|ConditionalExpression|LogicalExpression|TemplateLiteral|TSAsExpression)$/.test(
    node.type,
  )
    ? outer
    : 'sentence';
}

function textOf(node: Node): string {
  if (node.type === 'JSXText' || (node.type === 'Literal' && typeof node.value === 'string')) return String(node.value);
  return node.type === 'TemplateElement' ? String((node.value as { cooked?: string }).cooked ?? '') : '';
}

/** Each text of the source that is, or may be, words for a reader, with its line. */
export function visibleWords(file: string, source: string): string[] {
  const found: string[] = [];
  const look = (node: Node, suspicion: Suspicion): void => {
    const text = textOf(node).trim();
    if (NAMES.includes(text)) return;
    const isShown = suspicion === 'any' ? LETTER.test(text) : suspicion === 'sentence' && TWO_WORDS.test(text);
    if (isShown) found.push(`${source.slice(0, node.start).split('\n').length}: ${text}`);
    for (const { child, property } of childrenOf(node)) look(child, suspicionOf(node, child, property, suspicion));
  };
  look(parseSync(file, source).program as unknown as Node, 'sentence');
  return found;
}
