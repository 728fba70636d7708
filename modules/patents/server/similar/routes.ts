import { AppError } from '#kernel/errors';
import { type Route, route } from '#kernel/http/route';
import type { Platform } from '#kernel/module';
import type { Lang, Text } from '#kernel/text';
import * as contract from '../../contract/similar.ts';
import type { Classes } from '../classes/classes.ts';
import { corpusState } from '../corpus/state.ts';
import { PatentCorpus } from '../facade.ts';
import { findRow } from '../record/record.ts';
import { withPatents } from '../tables.ts';
import { type SimilarOptions, similar } from './similar.ts';

const NOTE: Text = {
  zh: '按共有的字、相邻两字和外文词计算相近程度（BM25，名称计三倍），英文文本经分类表双语类名学得的词表对应到中文；不含权利要求，仅供查找参考',
  en: 'Likeness by shared characters, pairs of characters and Latin words (BM25, the title counts three times); English words are led to Chinese ones by a table learned from the titles of the IPC. Claims are not looked at',
};

/** Endpoints for records like another one or like a text. */
export function similarRoutes(platform: Platform, classes: Classes): Route[] {
  const corpus = new PatentCorpus(platform);
  const answer = async (text: { title: string; abstract: string }, options: SimilarOptions, lang: Lang) => {
    const translation = await classes.translations.table();
    const found = await similar(platform.stores.corpus, text, { ...options, translation });
    const hits = new Map(
      (await corpus.hits(found.map((f) => f.number))).map((h) => [h.publicationNumber, h]),
    );
    return {
      similar: found.flatMap(({ number, score, why }) => {
        const hit = hits.get(number);
        if (!hit) return [];
        return [
          {
            hit,
            score: Math.round(score * 100) / 100,
            why: why.map(({ term, weight, from }) => ({
              term,
              share: Math.round((weight / score) * 1000) / 1000,
              from,
            })),
          },
        ];
      }),
      note: NOTE[lang],
    };
  };
  return [
    route(contract.similarPatents, async ({ params, query, lang }) => {
      const state = await corpusState(withPatents(platform.records));
      const row = await findRow(platform.stores.corpus, state, params.number);
      if (!row) throw new AppError('not_found', { what: `专利 ${params.number.slice(0, 60)} (patent)` });
      return answer(row, { limit: query.limit, except: row.number }, lang);
    }),
    route(contract.similarToText, async ({ body, lang }) => answer(body, { limit: body.limit }, lang)),
  ];
}
