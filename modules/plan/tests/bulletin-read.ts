import { SaxesParser } from 'saxes';

/** Walks through an XML text: the names of open elements without prefix, and texts. */
function walk(
  xml: string,
  on: {
    open?(name: string, attributes: Record<string, string>): void;
    close?(name: string): void;
    text?(text: string, within: string): void;
  },
): void {
  const stack: string[] = [];
  const parser = new SaxesParser();
  const local = (name: string) => name.slice(name.indexOf(':') + 1);
  parser.on('error', (e) => {
    throw e;
  });
  parser.on('opentag', (tag) => {
    stack.push(local(tag.name));
    on.open?.(local(tag.name), tag.attributes as Record<string, string>);
  });
  parser.on('text', (text) => on.text?.(text, stack.at(-1) ?? ''));
  parser.on('closetag', (tag) => {
    stack.pop();
    on.close?.(local(tag.name));
  });
  parser.write(xml).close();
}

/** All text of a Word part. */
export function textOf(xml: string): string {
  let all = '';
  walk(xml, {
    text: (text, within) => {
      if (within === 't') all += text;
    },
  });
  return all;
}

/** Tables of a Word document: rows of cells, texts only. */
export function tablesOf(xml: string): string[][][] {
  const tables: string[][][] = [];
  let open = false;
  walk(xml, {
    open: (name) => {
      if (name === 'tbl') tables.push([]);
      if (name === 'tr') tables.at(-1)!.push([]);
      if (name === 'tc') {
        tables.at(-1)!.at(-1)!.push('');
        open = true;
      }
    },
    close: (name) => {
      if (name === 'tc') open = false;
    },
    text: (text, within) => {
      const row = tables.at(-1)?.at(-1);
      if (open && within === 't' && row) row[row.length - 1] += text;
    },
  });
  return tables;
}

/** What a chart part carries: categories and series with gaps as null. */
export function chartData(xml: string): {
  categories: string[];
  series: { name: string; values: (number | null)[] }[];
} {
  const series: { name: string; values: (number | null)[] }[] = [];
  let categories: string[] = [];
  let place = '';
  let at = 0;
  walk(xml, {
    open: (name, attributes) => {
      if (name === 'ser') {
        series.push({ name: '', values: [] });
        categories = [];
      }
      if (name === 'tx' || name === 'cat' || name === 'val') place = name;
      if (name === 'ptCount' && place === 'val')
        series.at(-1)!.values = new Array<number | null>(Number(attributes.val)).fill(null);
      if (name === 'pt') at = Number(attributes.idx);
    },
    text: (text, within) => {
      const last = series.at(-1);
      if (within !== 'v' || !last) return;
      if (place === 'tx') last.name += text;
      if (place === 'cat') categories[at] = (categories[at] ?? '') + text;
      if (place === 'val') last.values[at] = Number(text);
    },
  });
  return { categories, series };
}
