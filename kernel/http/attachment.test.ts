import { describe, expect, it } from 'vitest';
import fc from '#kernel/testing/property';
import { attachment } from './attachment.ts';

describe('Content-Disposition', () => {
  it('carries a Chinese name for new programs and something harmless for old ones', () => {
    expect(attachment('2019年 上半年报告(终稿).pdf')).toBe(
      `attachment; filename="2019_ _____(__).pdf"; filename*=UTF-8''2019%E5%B9%B4%20%E4%B8%8A%E5%8D%8A%E5%B9%B4%E6%8A%A5%E5%91%8A%28%E7%BB%88%E7%A8%BF%29.pdf`,
    );
  });

  it('gives any name back, and lets none break out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
        const text = attachment(name);
        expect(text).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[A-Za-z0-9%._~-]*$/);
        const [, ascii, encoded] =
          /^attachment; filename="([^"]*)"; filename\*=UTF-8''(.*)$/.exec(text) ?? [];
        expect(ascii).not.toMatch(/[\\"]/);
        expect(decodeURIComponent(encoded as string)).toBe(name.toWellFormed());
      }),
    );
  });
});
