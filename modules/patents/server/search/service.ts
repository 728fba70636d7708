import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { Lang } from '#kernel/text';
import type { PatentPage, PatentQuery } from '../../contract.ts';
import { currentGroups, type Groups } from '../applicants/groups.ts';
import type { Schemes } from '../classes/schemes.ts';
import { corpusState } from '../corpus/state.ts';
import type { Places } from '../places.ts';
import { withPatents } from '../tables.ts';
import { type Asked, ask, NO_REFERENCES } from './ask.ts';
import { askerOf } from './asker.ts';
import type { Access } from './compile-text.ts';
import { queryMemory } from './memory.ts';
import { search } from './search.ts';

/** The search as every part of the module and other modules use it: one way from a query to its condition. */
export class PatentSearch {
  constructor(
    readonly platform: Platform,
    readonly places: Places,
    readonly schemes: Schemes,
  ) {}

  /** Applicants that were taken together, as of now. */
  groups(): Promise<Groups> {
    return currentGroups(this.platform);
  }

  /** Reads a query for an asker; `access` and `prefix` as in `compileQuery`. @throws AppError `patents_query`, `patents_filter` */
  async ask(
    query: Pick<PatentQuery, 'q' | 'dialect' | 'filter'>,
    actor: Actor,
    lang: Lang,
    groups?: Groups,
    access: Access = 'index',
    prefix?: string,
  ): Promise<Asked> {
    const [ipc, cpc] = await Promise.all([this.schemes.tree('ipc'), this.schemes.tree('cpc')]);
    const asker = askerOf(this.platform, actor, this.places, { ipc, cpc }, groups ?? (await this.groups()));
    const references = queryMemory(this.platform)?.references(actor) ?? NO_REFERENCES;
    return ask(query, asker, references, lang, access, prefix);
  }

  /** A page of results. */
  async search(query: PatentQuery, actor: Actor, lang: Lang): Promise<PatentPage> {
    const records = withPatents(this.platform.records);
    const state = await corpusState(records);
    const groups = await currentGroups(this.platform, state.applicants);
    const asked = await this.ask(query, actor, lang, groups);
    const page = await search(this.platform.stores.corpus, state, asked, query, groups);
    // A page further on is the same search; so is one that only narrows by facets.
    const text = (query.q ?? '').trim();
    const first = query.page === 1 && !query.cursor && text !== '' && !query.filter;
    const memory = first ? queryMemory(this.platform) : null;
    const reading = page.query?.reading ?? '';
    const history = memory ? await memory.remember(actor, { text, reading, total: page.total }) : null;
    return { ...page, history };
  }
}
