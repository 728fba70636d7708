import { describe, expect, it } from 'vitest';
import fc from '#kernel/testing/property';
import { residentIdCheckCharacter } from '../identifiers/resident-id.ts';
import { usccOf } from '../identifiers/uscc.ts';
import { MASK_RULES, maskText } from './mask-text.ts';

/** Decisions name organisations; only what warns of a risk hides them. */
const USUAL = MASK_RULES.filter((rule) => rule !== 'organisation');
const mask = (text: string, names: string[] = []) => maskText(text, USUAL, names).text;
const FIRST17 = '32060219900101001';
const ID = FIRST17 + residentIdCheckCharacter(FIRST17);

describe('masking a text before it is published', () => {
  it('hides numbers, however they are typed, and leaves those of organisations and patents', () => {
    expect(mask(`身份证号${ID}，电话13912345678。`)).toBe('身份证号320602×××，电话×××。');
    expect(mask('手机 139-1234-5678 或０５１３－８５２１２３４５')).toBe('手机 ××× 或×××');
    expect(mask('邮箱zhang.san@example.com.cn，账号6222 0210 0111 2345 679')).not.toMatch(/zhang|6222/);
    const kept = `统一社会信用代码${usccOf('320600', '12345678')}，专利号ZL202110123456.7，罚款250000元`;
    expect(mask(kept)).toBe(kept);
  });

  it('hides persons whom the matter knows and those that the text names, and keeps organisations', () => {
    expect(mask('王小明与王大力、欧阳青发生纠纷，王小明系业主。', ['王小明', '王大力', '欧阳青'])).toBe(
      '王某甲与王某乙、欧阳某发生纠纷，王某甲系业主。',
    );
    expect(mask('当事人：南通云锦家纺有限公司\n法定代表人：李四方，女')).toBe(
      '当事人：南通云锦家纺有限公司\n法定代表人：李某，女',
    );
    expect(mask('南通云锦家纺有限公司', ['南通云锦家纺有限公司'])).toBe('南通云锦家纺有限公司');
  });

  it('hides organisations that the matter knows where the rules say so', () => {
    const names = ['南通云锦家纺有限公司', '示例科技有限公司', '王小明'];
    expect(maskText('南通云锦家纺有限公司诉示例科技有限公司，王小明作证', MASK_RULES, names).text).toBe(
      '某单位甲诉某单位乙，王某作证',
    );
    expect(maskText('示例科技有限公司', MASK_RULES, ['示例科技有限公司']).text).toBe('某单位');
  });

  it('keeps of a home no more than the county', () => {
    expect(mask('住址：江苏省南通市崇川区青年中路1号3幢201室，邮编。')).toBe(
      '住址：江苏省南通市崇川区***，邮编。',
    );
    expect(mask('张某，男，住南通市海门区人民中路2号。')).toBe('张某，男，住南通市海门区***。');
    const company = '住所地：南通市通州区金沙街道3号';
    expect(mask(company)).toBe(company);
  });

  it('masks only by the rules that are named, and tells every place', () => {
    const { text, places } = maskText('电话13912345678，张三丰', ['phone'], ['张三丰']);
    expect(text).toBe('电话×××，张三丰');
    expect(places).toEqual([{ rule: 'phone', start: 2, end: 13, was: '13912345678', is: '×××' }]);
  });

  it('finds nothing more in what it masked, and its places lead from one text to the other', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '张三丰',
        '李四',
        '，',
        '法定代表人：',
        '住址：',
        '南通市崇川区姚港路',
        ID,
        '电话',
        '\n',
        '某',
      ),
      fc.string({ maxLength: 6 }),
      fc.stringMatching(/^1[3-9]\d{9}$/),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('');
        const { text: masked, places } = maskText(text, MASK_RULES, ['张三丰', '李四']);
        let back = '';
        let at = 0;
        for (const { start, end, was, is } of places) {
          expect(text.slice(start, end)).toBe(was);
          back += text.slice(at, start) + is;
          at = end;
        }
        expect(back + text.slice(at)).toBe(masked);
        expect(masked).not.toContain('张三丰');
        expect(masked).not.toMatch(/(?<![0-9A-Z])1[3-9]\d{9}(?![0-9A-Z])/);
      }),
    );
  });
});
