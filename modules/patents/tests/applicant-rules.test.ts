import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { normalName } from '#modules/organisations/server/index';
import { chainOf } from '../server/applicants/links.ts';
import { linksOf, type NamedOrganisation } from '../server/applicants/rules.ts';
import { applicantId } from '../server/corpus/document.ts';

/** What the rules say of some names, in words. */
function found(names: readonly string[], organisations: Record<string, NamedOrganisation[]> = {}) {
  const all = names.map((name) => ({ id: applicantId(name), name }));
  return linksOf(all, {
    names: (normal) => all.filter((one) => normalName(one.name) === normal),
    organisations: (normal) =>
      Object.entries(organisations).flatMap(([name, list]) => (normalName(name) === normal ? list : [])),
  }).map((l) => `${l.memberName} → ${l.headName} ${l.rule}${l.certain ? '' : ' ?'}`);
}

const organisation = (name: string, more: Partial<NamedOrganisation> = {}): NamedOrganisation => ({
  id: '019f160a-4680-7ae4-9b0a-4d17a827ae07',
  name,
  kind: 'present',
  until: null,
  ...more,
});

describe('rules for names of applicants', () => {
  test('spellings of English legal forms are one name', () => {
    expect(found(['Yunzhou Loom Company Limited', 'YUNZHOU LOOM CO., LTD.', 'Yunzhou Loom Inc'])).toEqual([
      'Yunzhou Loom Company Limited → YUNZHOU LOOM CO., LTD. spelling',
    ]);
  });

  test('a former name stands for the present one of its organisation, a present one for itself', () => {
    const now = '云洲织机股份有限公司';
    const bearers = {
      云洲织机厂: [organisation(now, { kind: 'former', until: '2015-03-01' })],
      [now]: [organisation(now)],
    };
    expect(found(['云洲织机厂', now], bearers)).toEqual([`云洲织机厂 → ${now} former-name`]);
  });

  test('nobody guesses where two organisations claim a name', () => {
    const two = [organisation('甲厂'), organisation('乙厂', { id: '019f160a-4680-7ae4-9b0a-4d17a827ae08' })];
    expect(found(['云洲织机厂'], { 云洲织机厂: two })).toEqual([]);
  });

  test('departments belong to their university, schools and institutes wait for a person, hospitals and firms too', () => {
    expect(
      found([
        '云洲大学',
        '云洲大学纺织系',
        '云洲大学工学院',
        '云洲大学附属医院',
        '云洲大学出版社有限公司',
        '云海大学化学系',
      ]),
    ).toEqual([
      '云洲大学纺织系 → 云洲大学 school',
      '云洲大学工学院 → 云洲大学 school ?',
      '云洲大学附属医院 → 云洲大学 school ?',
    ]);
  });

  test('two legal forms of one name are only proposed', () => {
    expect(found(['云洲织机有限责任公司', '云洲织机有限公司'])).toEqual([
      '云洲织机有限责任公司 → 云洲织机有限公司 legal-form ?',
    ]);
  });

  test('no name is linked to itself, and of one spelling all but one are linked to that one', () => {
    const word = fc.constantFrom('Loom', 'LOOM', 'loom', 'Lo om', 'Weave');
    const form = fc.constantFrom('Co Ltd', 'CO., LTD.', 'Company Limited', 'Inc.', 'Incorporated', '');
    const name = fc.tuple(word, form).map(([w, f]) => `${w} ${f}`.trim());
    fc.assert(
      fc.property(fc.uniqueArray(name, { selector: applicantId, maxLength: 12 }), (names) => {
        const all = names.map((n) => ({ id: applicantId(n), name: n }));
        const links = linksOf(all, {
          names: (normal) => all.filter((one) => normalName(one.name) === normal),
          organisations: () => [],
        });
        expect(links.every((l) => l.member !== l.head)).toBe(true);
        const heads = new Map(links.map((l) => [l.member, l.head]));
        const groups = new Set(all.map((one) => chainOf(heads, one.id).at(-1)));
        expect(groups.size).toBe(new Set(names.map(normalName)).size);
      }),
    );
  });
});
