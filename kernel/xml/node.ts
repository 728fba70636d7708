/** An element with its attributes and content, names without prefix. Children keep the order of the document. */
export class XmlNode {
  readonly children: (XmlNode | string)[] = [];

  constructor(
    readonly name: string,
    readonly attributes: Readonly<Record<string, string>>,
  ) {}

  /** The value of an attribute whatever its prefix, or ''. */
  attribute(name: string): string {
    const plain = this.attributes[name];
    if (plain !== undefined) return plain;
    for (const key in this.attributes) if (key.endsWith(`:${name}`)) return this.attributes[key]!;
    return '';
  }

  /** Child elements, all of them or those of one name. */
  all(name?: string): XmlNode[] {
    const found: XmlNode[] = [];
    for (const child of this.children)
      if (typeof child !== 'string' && (name === undefined || child.name === name)) found.push(child);
    return found;
  }

  /** The first element at the end of a path of names, or null. */
  first(...path: string[]): XmlNode | null {
    let at: XmlNode = this;
    for (const name of path) {
      let next: XmlNode | null = null;
      for (const child of at.children)
        if (typeof child !== 'string' && child.name === name) {
          next = child;
          break;
        }
      if (next === null) return null;
      at = next;
    }
    return at;
  }

  /** All elements at the end of a path of names, whichever branch they stand on. */
  list(...path: string[]): XmlNode[] {
    let level: XmlNode[] = [this];
    for (const name of path) level = level.flatMap((node) => node.all(name));
    return level;
  }

  /** Elements of a name at any depth below this one, in the order of the document. */
  deep(name: string): XmlNode[] {
    const found: XmlNode[] = [];
    const walk = (node: XmlNode) => {
      for (const child of node.children) {
        if (typeof child === 'string') continue;
        if (child.name === name) found.push(child);
        else walk(child);
      }
    };
    walk(this);
    return found;
  }

  /** All text inside on one line, white space squeezed; '' when there is none. */
  get text(): string {
    return squeeze(plain(this));
  }

  /** All text inside with its line breaks, each line squeezed. */
  get textLines(): string {
    return plain(this)
      .split('\n')
      .map(squeeze)
      .filter((line) => line !== '')
      .join('\n');
  }

  /** Text at the end of a path, or ''. */
  at(...path: string[]): string {
    return this.first(...path)?.text ?? '';
  }

  /** Text with a line for each of the elements named in `blocks`; those in `drop` say nothing. */
  lines(blocks: ReadonlySet<string>, drop: ReadonlySet<string>): string {
    const parts: string[] = [];
    const walk = (node: XmlNode) => {
      for (const child of node.children) {
        if (typeof child === 'string') {
          parts.push(child.replace(/\n/g, BREAK));
        } else if (!drop.has(child.name)) {
          const block = blocks.has(child.name);
          if (block) parts.push('\n');
          walk(child);
          if (block) parts.push('\n');
        }
      }
    };
    walk(this);
    return parts
      .join('')
      .split('\n')
      .map((line) => squeeze(line.replaceAll(BREAK, '\n')))
      .filter((line) => line !== '')
      .join('\n');
  }
}

/** Stands for a line break of the file, which is no border of a block, while lines are put together. */
const BREAK = '\u000b';

function plain(node: XmlNode): string {
  if (node.children.length === 1 && typeof node.children[0] === 'string') return node.children[0];
  let text = '';
  for (const child of node.children) text += typeof child === 'string' ? child : plain(child);
  return text;
}

const HAN = '\\p{Script=Han}\\u3000-\\u303f\\uff00-\\uffef';
const BROKEN_HAN = new RegExp(`(?<=[${HAN}])\\s*\\n\\s*(?=[${HAN}])`, 'gu');

/** White space as one space; a line break between Chinese characters is none. */
function squeeze(text: string): string {
  if (!/\s/.test(text)) return text;
  return (text.includes('\n') ? text.replace(BROKEN_HAN, '') : text).replace(/\s+/g, ' ').trim();
}
