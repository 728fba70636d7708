/** One entry of a feed. */
export interface FeedItem {
  /** The same for the same entry, for ever. */
  guid: string;
  title: string;
  description: string;
  /** Absolute address of a page. */
  link: string;
  at: Date;
}

/** A feed. */
export interface Feed {
  title: string;
  description: string;
  link: string;
  /** Its own address, where it may be named. */
  self?: string;
  items: readonly FeedItem[];
}

/** Text as XML holds it; characters that XML 1.0 cannot hold are left out. */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A feed as RSS 2.0. */
export function rss({ title, description, link, self, items }: Feed): string {
  const lines = items.map(
    (item) => `<item><title>${xmlText(item.title)}</title><link>${xmlText(item.link)}</link>
<guid isPermaLink="false">${xmlText(item.guid)}</guid><pubDate>${item.at.toUTCString()}</pubDate>
<description>${xmlText(item.description)}</description></item>`,
  );
  const own = self ? `<atom:link href="${xmlText(self)}" rel="self" type="application/rss+xml"/>` : '';
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>${xmlText(title)}</title>
<link>${xmlText(link)}</link><description>${xmlText(description)}</description>${own}
${lines.join('\n')}
</channel></rss>
`;
}
