import { CONTENT_FIELDS, fieldsTaken, isSilent, merge, type PatentContent } from './content.ts';

/** What one load of one source said of a publication. */
export interface Statement {
  importId: string;
  row: number;
  version: number;
  /** Identity of the source, and how far it is trusted: the lower rank wins. */
  source: string;
  rank: number;
  content: PatentContent;
}

/** Who said a field, and who said otherwise. */
export interface FieldOrigin {
  field: keyof PatentContent;
  importId: string;
  row: number;
  source: string;
  /** Other sources that say something else. */
  conflicts: { source: string; importId: string; value: PatentContent[keyof PatentContent] }[];
}

/** A record put together. */
export interface Resolved {
  content: PatentContent;
  /** Where each of its fields came from. */
  origins(): FieldOrigin[];
}

/**
 * Puts a record together from everything that was said of it. Loads of one source follow each other: what a later one
 * says wins, what it leaves out stays. Between sources the more trusted one wins field by field; of equal trust the later
 * one. `statements` are of one publication.
 */
export function resolve(statements: readonly Statement[]): Resolved {
  const bySource = new Map<
    string,
    { rank: number; latest: number; content: PatentContent; by: Map<string, Statement> }
  >();
  for (const s of [...statements].sort((a, b) => a.version - b.version || a.row - b.row)) {
    const before = bySource.get(s.source);
    const by = before?.by ?? new Map<string, Statement>();
    const taken = before ? fieldsTaken(before.content, s.content) : null;
    for (const field of CONTENT_FIELDS)
      if (taken ? taken.has(field) : !isSilent(field, s.content)) by.set(field, s);
    const content = before ? merge(before.content, s.content) : s.content;
    bySource.set(s.source, { rank: s.rank, latest: s.version, content, by });
  }
  const sources = [...bySource].sort(([, a], [, b]) => b.rank - a.rank || a.latest - b.latest);
  const [first] = sources;
  if (!first) throw new Error('a record needs somebody who speaks of it');
  let content = first[1].content;
  const origin = new Map<keyof PatentContent, string>();
  for (const field of CONTENT_FIELDS) if (!isSilent(field, content)) origin.set(field, first[0]);
  for (const [source, { content: next }] of sources.slice(1)) {
    for (const field of fieldsTaken(content, next))
      if (CONTENT_FIELDS.includes(field)) origin.set(field, source);
    content = merge(content, next);
  }
  const originOf = (field: keyof PatentContent): FieldOrigin[] => {
    const source = origin.get(field);
    const said = source === undefined ? undefined : bySource.get(source)?.by.get(field);
    if (!source || !said) return [];
    const value = JSON.stringify(bySource.get(source)!.content[field]);
    const conflicts = sources.flatMap(([other, { content: theirs, by }]) =>
      other === source ||
      isSilent(field, theirs) ||
      JSON.stringify(theirs[field]) === value ||
      ADDED.has(field)
        ? []
        : [{ source: other, importId: by.get(field)?.importId ?? '', value: theirs[field] }],
    );
    return [{ field, importId: said.importId, row: said.row, source, conflicts }];
  };
  return { content, origins: () => CONTENT_FIELDS.flatMap(originOf) };
}

/** Fields in which sources add to each other instead of differing. */
const ADDED = new Set<keyof PatentContent>([
  'events',
  'familyMembers',
  'titles',
  'abstracts',
  'extra',
  'granted',
]);
