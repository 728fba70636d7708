import { expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { rss, xmlText } from '../server/feeds/rss.ts';

test('a feed is XML whatever stands in its texts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const safe = xmlText(text);
      expect(safe).not.toMatch(/[<>"]/);
      expect(safe).not.toMatch(/&(?!(?:amp|lt|gt|quot);)/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML cannot hold
      expect(safe).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    }),
    { numRuns: 50 },
  );
  const feed = rss({
    title: '<a&b>',
    description: '',
    link: 'http://x/?a=1&b=2',
    items: [{ guid: 'g', title: 't', description: 'd', link: 'http://x/', at: new Date(0) }],
  });
  expect(feed).toContain('<title>&lt;a&amp;b&gt;</title>');
  expect(feed).toContain('<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>');
});
