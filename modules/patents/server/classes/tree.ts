import {
  type ClassLevel,
  compareSymbols,
  levelOf,
  normaliseSymbol,
  rangeKeys,
  sortKey,
  spelledParent,
} from '../../contract/classes.ts';
import { Concordance, type Related } from './concordance.ts';

/** One place of a scheme in memory. Titles are '' where no loaded file has them. */
export interface ClassNode {
  readonly symbol: string;
  readonly level: ClassLevel;
  parent: string | null;
  /** 0 section … 3 main group, one more for each dot; null where the dots are not recorded. */
  depth: number | null;
  zh: string;
  en: string;
  /** Newest loaded edition that has the symbol; '' where only its spelling in others says that it exists. */
  version: string;
}

/** The entries of one loaded file. */
export interface ClassLayer {
  version: string;
  lang: 'zh' | 'en' | null;
  /** False for a title list: it names places and does not say that there are no others. */
  structural: boolean;
}

/** Symbols under another one. */
export interface Below {
  /** In scheme order, the symbol itself not among them. */
  symbols: string[];
  /** False: the scheme's files do not record the dots here, so nothing is said of what lies under a subgroup. */
  depthKnown: boolean;
  /** Whether the list surely holds everything; above subgroups the spelling alone tells. */
  complete: boolean;
}

/** A symbol with everything that a question for it should find. */
export interface Expansion {
  symbol: string;
  below: Below;
  /** What the concordance adds, with the reason. */
  related: Related[];
}

/** Smallest and largest {@link sortKey} of a run of symbols. */
export interface KeyRange {
  low: string;
  high: string;
}

/**
 * A classification scheme in memory, merged from the files that were loaded: the newest edition says what there is, older
 * ones add the symbols that are gone and titles that are missing. Fill it with {@link add}, newest edition first, then
 * {@link finish}.
 */
export class ClassTree {
  readonly #nodes = new Map<string, ClassNode>();
  readonly #children = new Map<string, string[]>();
  readonly #sorted = new Set<string>();
  concordance = new Concordance([]);
  /** Newest edition with a file that says what there is; '' while none is loaded. */
  currentVersion = '';

  get size(): number {
    return this.#nodes.size;
  }

  /** Takes one entry of a file in. Within an edition, depth and parent of any file that knows them win. */
  add(
    layer: ClassLayer,
    entry: { symbol: string; parent: string | null; depth: number | null; title: string },
  ): void {
    if (layer.structural && layer.version > this.currentVersion) this.currentVersion = layer.version;
    const { symbol } = entry;
    let node = this.#nodes.get(symbol);
    if (!node) {
      node = {
        symbol,
        level: levelOf(symbol),
        parent: entry.parent,
        depth: entry.depth,
        zh: '',
        en: '',
        version: layer.version,
      };
      this.#nodes.set(symbol, node);
    } else if (node.version === layer.version && node.depth === null && entry.depth !== null) {
      node.depth = entry.depth;
      node.parent = entry.parent;
    }
    if (layer.lang !== null && node[layer.lang] === '') node[layer.lang] = entry.title;
  }

  /** Joins the places to a tree; what only the spelling of others speaks of gets a place without title. */
  finish(): void {
    for (const symbol of [...this.#nodes.keys()]) {
      const node = this.#nodes.get(symbol)!;
      if (node.parent === null || !this.#nodes.has(node.parent)) node.parent = spelledParent(symbol);
      this.#imply(node.parent);
    }
    for (const node of this.#nodes.values()) {
      if (node.parent === null) continue;
      const list = this.#children.get(node.parent);
      if (list) list.push(node.symbol);
      else this.#children.set(node.parent, [node.symbol]);
    }
  }

  #imply(symbol: string | null): void {
    if (symbol === null || this.#nodes.has(symbol)) return;
    const parent = spelledParent(symbol);
    const level = levelOf(symbol);
    const depth = { section: 0, class: 1, subclass: 2, 'main-group': 3, subgroup: null }[level];
    this.#nodes.set(symbol, { symbol, level, parent, depth, zh: '', en: '', version: '' });
    this.#imply(parent);
  }

  /** The place of a symbol in any spelling; undefined where the scheme has none. */
  node(symbol: string): ClassNode | undefined {
    return this.#nodes.get(symbol) ?? this.#nodes.get(normaliseSymbol(symbol) ?? '');
  }

  /** All places, in no order. */
  nodes(): IterableIterator<ClassNode> {
    return this.#nodes.values();
  }

  /** The title in a language, else in the other one, else ''. */
  title(symbol: string, lang: 'zh' | 'en'): string {
    const node = this.node(symbol);
    return node ? node[lang] || node[lang === 'zh' ? 'en' : 'zh'] : '';
  }

  /** Ancestors from the section down to the parent; empty for a section and for what the scheme does not have. */
  path(symbol: string): ClassNode[] {
    const path: ClassNode[] = [];
    for (let at = this.node(symbol)?.parent ?? null; at !== null && path.length < 20; ) {
      const node: ClassNode = this.#nodes.get(at)!;
      path.unshift(node);
      at = node.parent;
    }
    return path;
  }

  /** The places directly under a symbol, in scheme order. */
  children(symbol: string): ClassNode[] {
    return this.#childrenOf(this.node(symbol)?.symbol ?? '').map((s) => this.#nodes.get(s)!);
  }

  #childrenOf(symbol: string): readonly string[] {
    const list = this.#children.get(symbol);
    if (!list) return [];
    if (!this.#sorted.has(symbol)) {
      list.sort(compareSymbols);
      this.#sorted.add(symbol);
    }
    return list;
  }

  /** Everything under a symbol by the true hierarchy of dots where it is recorded, and what is known where it is not. */
  below(symbol: string): Below {
    const node = this.node(symbol);
    if (!node) return { symbols: [], depthKnown: false, complete: false };
    const symbols: string[] = [];
    let depthKnown = node.depth !== null;
    const walk = (at: string) => {
      for (const child of this.#childrenOf(at)) {
        symbols.push(child);
        if (this.#nodes.get(child)!.depth === null) depthKnown = false;
        walk(child);
      }
    };
    walk(node.symbol);
    // In the order of the hierarchy a subgroup may stand before one of a smaller number.
    symbols.sort(compareSymbols);
    return { symbols, depthKnown, complete: depthKnown || node.level !== 'subgroup' };
  }

  /**
   * What a question for a symbol should find: everything under it, and what the concordance connects with any of that, so
   * that a question for H10F finds documents that still carry H01L31.
   */
  expand(symbol: string): Expansion {
    const canonical = normaliseSymbol(symbol) ?? symbol;
    const below = this.below(canonical);
    return { symbol: canonical, below, related: this.concordance.related(canonical, below.symbols) };
  }

  /**
   * The sort keys that belong to a symbol and everything under it, as runs. A subgroup's are those of its own hierarchy,
   * joined where no foreign symbol of the scheme lies between. Empty for what is no symbol.
   */
  keyRanges(symbol: string): KeyRange[] {
    const canonical = normaliseSymbol(symbol);
    if (canonical === null) return [];
    if (levelOf(canonical) !== 'subgroup') {
      const range = rangeKeys(canonical, canonical);
      return range ? [range] : [];
    }
    const own = new Set([canonical, ...this.below(canonical).symbols]);
    const all = this.below(spelledParent(canonical)!).symbols;
    const ranges: KeyRange[] = [];
    let joined = false;
    for (const one of all.includes(canonical) ? all : [canonical]) {
      const key = sortKey(one)!;
      const last = ranges.at(-1);
      if (!own.has(one)) joined = false;
      else if (joined && last) last.high = key;
      else {
        ranges.push({ low: key, high: key });
        joined = true;
      }
    }
    return ranges;
  }
}
