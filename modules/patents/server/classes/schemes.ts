import { setImmediate as breathe } from 'node:timers/promises';
import type { Platform } from '#kernel/module';
import type { ClassScheme } from '../../contract/classes.ts';
import { Concordance, type ConcordanceLine } from './concordance.ts';
import { TechFields } from './fields.ts';
import type { ClassFileRow } from './load.ts';
import { withClasses } from './tables.ts';
import { ClassTree } from './tree.ts';

/** Everything that was loaded, as it stands in memory. */
interface Loaded {
  stamp: string;
  ipc: ClassTree;
  cpc: ClassTree;
  fields: TechFields;
}

const PAGE = 4000;

/**
 * The classification schemes in memory. They are read when first asked for, and again once a file was loaded, by whichever
 * process; whoever asks meanwhile waits for that reading.
 */
export class Schemes {
  #loaded: Loaded | null = null;
  #reading: Promise<Loaded> | null = null;

  constructor(readonly platform: Pick<Platform, 'records'>) {}

  /** The tree of a scheme; an empty one while none is loaded. */
  async tree(scheme: ClassScheme): Promise<ClassTree> {
    return (await this.#current())[scheme];
  }

  /** The technology fields; without rules while no table is loaded. */
  async fields(): Promise<TechFields> {
    return (await this.#current()).fields;
  }

  /** Another one whenever a file was loaded. */
  async stamp(): Promise<string> {
    const row = await withClasses(this.platform.records)
      .selectFrom('patentClassFile')
      .select('id')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.id ?? '';
  }

  /** All loaded files, newest edition and latest loading first, with whether each is in use. */
  async files(): Promise<(ClassFileRow & { inUse: boolean })[]> {
    const rows = await withClasses(this.platform.records)
      .selectFrom('patentClassFile')
      .selectAll()
      .orderBy('version', 'desc')
      .orderBy('seq', 'desc')
      .execute();
    const seen = new Set<string>();
    return rows.map((row) => {
      // Of the technology table only the newest edition counts.
      const edition = row.scheme === 'fields' ? '' : row.version;
      const place = [row.scheme, edition, row.format, row.lang, row.scope].join('\n');
      const inUse = !seen.has(place);
      seen.add(place);
      return { ...row, inUse };
    });
  }

  async #current(): Promise<Loaded> {
    const stamp = await this.stamp();
    if (this.#loaded?.stamp === stamp) return this.#loaded;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #read(): Promise<Loaded> {
    const stamp = await this.stamp();
    const files = (await this.files()).filter((file) => file.inUse);
    const loaded: Loaded = { stamp, ipc: new ClassTree(), cpc: new ClassTree(), fields: new TechFields([]) };
    const lines: ConcordanceLine[] = [];
    // Within an edition the files that say what there is come before title lists.
    const ordered = [...files].sort(
      (a, b) => (a.version < b.version ? 1 : a.version > b.version ? -1 : 0) || +isTitles(a) - +isTitles(b),
    );
    for (const file of ordered) {
      if (file.format === 'concordance') lines.push(...(await this.#concordance(file.id)));
      else if (file.format === 'fields') loaded.fields = new TechFields(await this.#rules(file.id));
      else await this.#entries(file, file.scheme === 'cpc' ? loaded.cpc : loaded.ipc);
    }
    for (const tree of [loaded.ipc, loaded.cpc]) tree.finish();
    loaded.ipc.concordance = new Concordance(lines);
    this.#loaded = loaded;
    return loaded;
  }

  async #entries(file: ClassFileRow, tree: ClassTree): Promise<void> {
    const layer = { version: file.version, lang: file.lang, structural: !isTitles(file) };
    for (let from = 0; from < file.rows; from += PAGE) {
      const rows = await withClasses(this.platform.records)
        .selectFrom('patentClassEntry')
        .select(['symbol', 'parent', 'depth', 'title'])
        .where('fileId', '=', file.id)
        .where('ord', '>=', from)
        .where('ord', '<', from + PAGE)
        .orderBy('ord')
        .execute();
      for (const row of rows) tree.add(layer, row);
      await breathe();
    }
  }

  async #concordance(fileId: string): Promise<ConcordanceLine[]> {
    return withClasses(this.platform.records)
      .selectFrom('patentClassConcordance')
      .select(['oldSymbol as old', 'newSymbol as new', 'since'])
      .where('fileId', '=', fileId)
      .orderBy('ord')
      .execute();
  }

  async #rules(fileId: string) {
    return withClasses(this.platform.records)
      .selectFrom('patentClassField')
      .select(['prefix', 'field', 'title', 'sector'])
      .where('fileId', '=', fileId)
      .orderBy('ord')
      .execute();
  }
}

const isTitles = (file: ClassFileRow) => file.format === 'titles';
