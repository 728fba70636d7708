import { expect, test } from 'vitest';
import { parseQuery } from '../query/parser.ts';
import { type Asker, compileQuery } from '../server/search/compile.ts';

const asker: Asker = {
  personal: false,
  regions: (text) => [text],
  below: () => ({ symbols: [], depthKnown: true, former: [] }),
  above: () => [],
  applicants: () => [],
  names: async () => new Map(),
};

test('numbers among alternatives are one look into the index; what else is asked stays beside them', () => {
  const { where, params } = compileQuery(
    parseQuery('PN=CN100000001B OR PN=CN100000002B OR PN=CN1000* OR TI=织机 OR AN=CN201910012345.6', 'zc')
      .expr,
    asker,
  );
  expect(where.match(/hasAnyTokens\(keys/g)).toHaveLength(1);
  expect(Object.values(params).find(Array.isArray)).toEqual(
    expect.arrayContaining(['p:CN100000001B', 'p:CN100000002B']),
  );
  expect(where).toContain(' or ');
});
