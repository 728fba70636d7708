import { AppError } from '#kernel/errors';
import { type Route, route } from '#kernel/http/route';
import type { Platform } from '#kernel/module';
import type { Lang, Text } from '#kernel/text';
import * as contract from '../../contract/classes.ts';
import { PATENTS_IMPORT } from '../../contract/permissions.ts';
import type { Classes } from './classes.ts';
import { searchTree } from './search.ts';
import type { ClassNode, ClassTree } from './tree.ts';
import { receiveClassFile } from './upload.ts';

/** Faults of a file that are shown. */
const SHOWN_FAULTS = 20;

const NOTES: Record<'learned' | 'titles' | 'none', Text> = {
  learned: {
    zh: '由本库已分类的记录学习得出；百分比表示在未参与学习的记录上同样建议的正确率。请核对分类表后采用。',
    en: 'Learned from the classified records here; the percentage says how often such a suggestion was right on records that were left aside. Check the scheme before you use it.',
  },
  titles: {
    zh: '尚无学习结果，按文本与分类表类名的相似程度给出，仅供查找起点；约一半的题目在前五项内有正确小类。',
    en: 'Nothing was learned yet: found by the likeness of the text to the titles of the scheme, as a place to begin. About half of all titles have a right subclass among the five.',
  },
  none: {
    zh: '尚未加载 IPC 分类表，也没有学习结果，无法给出建议。',
    en: 'No IPC scheme is loaded and nothing was learned: there is nothing to suggest from.',
  },
};

/** Endpoints of the classification schemes. */
export function classRoutes(platform: Platform, classes: Classes): Route[] {
  const { schemes, suggester } = classes;
  return [
    route(contract.getClass, async ({ params }) => {
      const tree = await schemes.tree(params.scheme);
      const node = tree.node(params.symbol);
      if (!node)
        throw new AppError('not_found', {
          what: `${params.scheme.toUpperCase()} ${params.symbol.slice(0, 40)}`,
        });
      const fields = await schemes.fields();
      return {
        ...viewOf(tree, node, params.scheme),
        fields: fields.of(node.symbol).map((field) => ({ field, ...fields.describe(field)! })),
      };
    }),
    route(contract.searchClasses, async ({ query }) => {
      const tree = await schemes.tree(query.scheme);
      const found = searchTree(tree, query.q, query.limit);
      const classesFound = found.map((node) => ({
        ...named(node),
        level: node.level,
        version: node.version,
      }));
      return { classes: classesFound, currentVersion: tree.currentVersion };
    }),
    route(contract.listClassSchemes, async ({ actor, lang }) => {
      const [files, ipc, cpc] = [await schemes.files(), await schemes.tree('ipc'), await schemes.tree('cpc')];
      return {
        current: { ipc: ipc.currentVersion || null, cpc: cpc.currentVersion || null },
        sections: { ipc: sectionsOf(ipc), cpc: sectionsOf(cpc) },
        files: files.map((file) => fileJson(file, file.inUse, lang)),
        abilities: { load: platform.policy.can(actor, PATENTS_IMPORT) },
      };
    }),
    route(contract.loadClassFile, async ({ request, actor, requestId, lang }) => {
      const limit = platform.config.ZC_UPLOAD_LIMIT;
      const upload = await receiveClassFile(request, platform.files, actor.id, limit);
      const { changed, file } = await classes.load({ actor, requestId }, upload);
      const inUse = (await schemes.files()).find((f) => f.id === file.id)?.inUse ?? false;
      return { changed, file: fileJson(file, inUse, lang) };
    }),
    route(contract.suggestClasses, async ({ body, lang }) => {
      const tree = await schemes.tree('ipc');
      const { method, suggestions } = await suggester.suggest(body);
      return {
        method,
        suggestions: suggestions.map(({ symbol, confidence }) => {
          const node = tree.node(symbol);
          return { ...(node ? named(node) : { symbol, titleZh: null, titleEn: null }), confidence };
        }),
        note: NOTES[method][lang],
      };
    }),
  ];
}

const named = ({ symbol, zh, en }: ClassNode) => ({ symbol, titleZh: zh || null, titleEn: en || null });

function sectionsOf(tree: ClassTree) {
  const sections = [...tree.nodes()].filter((node) => node.level === 'section');
  return sections.sort((a, b) => (a.symbol < b.symbol ? -1 : 1)).map(named);
}

function viewOf(
  tree: ClassTree,
  node: ClassNode,
  scheme: contract.ClassScheme,
): Omit<contract.ClassView, 'fields'> {
  const children = tree.children(node.symbol);
  return {
    ...named(node),
    scheme,
    level: node.level,
    version: node.version,
    currentVersion: tree.currentVersion,
    dots: node.level === 'subgroup' && node.depth !== null ? node.depth - 3 : null,
    depthKnown: node.depth !== null && children.every((child) => child.depth !== null),
    path: tree.path(node.symbol).map(named),
    children: children.map((child) => ({ ...named(child), children: tree.children(child.symbol).length })),
    concordance: tree.expand(node.symbol).related,
  };
}

function fileJson(
  file:
    | Awaited<ReturnType<Classes['schemes']['files']>>[number]
    | Awaited<ReturnType<Classes['load']>>['file'],
  inUse: boolean,
  lang: Lang,
): contract.LoadedClassFile {
  const { id, scheme, version, format, name, sha256, licence, rows, leftOut, loadedBy } = file;
  return {
    ...{
      id,
      scheme,
      version,
      format,
      lang: file.lang,
      name,
      sha256,
      licence,
      rows,
      leftOut,
      loadedBy,
      inUse,
    },
    faults: file.faults.slice(0, SHOWN_FAULTS).map((fault) => ({ line: fault.line, reason: fault[lang] })),
    loadedAt: file.loadedAt.toISOString(),
  };
}
