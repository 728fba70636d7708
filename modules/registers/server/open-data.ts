import type { Platform } from '#kernel/module';
import { catalogueOf } from './catalogue.ts';
import { lastWrite } from './entries/write.ts';

/** The public registers as a DCAT-AP catalogue in JSON-LD: title, purpose, keeper, and where data and schema are. */
export async function catalogueOfData(platform: Platform, origin: string): Promise<object> {
  const { city } = platform.pack;
  const open = [...catalogueOf(platform.pack).values()].filter((model) => model.decl.public);
  const datasets: object[] = [];
  for (const { decl } of open) {
    const address = `${origin}/api/registers/${decl.id}`;
    const modified = await lastWrite(platform, decl.id);
    const file = (format: string, type: string, path: string) => ({
      '@type': 'dcat:Distribution',
      'dct:title': `${decl.title.zh}（${format}）`,
      'dcat:accessURL': { '@id': `${origin}/registers/${decl.id}` },
      'dcat:downloadURL': { '@id': `${address}/${path}` },
      'dcat:mediaType': { '@id': `https://www.iana.org/assignments/media-types/${type}` },
      'dct:conformsTo': { '@id': `${address}/schema.json` },
      'dct:rights': { '@value': '许可方式以发布单位公布为准', '@language': 'zh' },
    });
    datasets.push({
      '@id': `${address}#dataset`,
      '@type': 'dcat:Dataset',
      'dct:identifier': decl.id,
      'dct:title': [
        { '@value': decl.title.zh, '@language': 'zh' },
        { '@value': decl.title.en, '@language': 'en' },
      ],
      'dct:description': { '@value': decl.purpose.zh, '@language': 'zh' },
      ...(modified && {
        'dct:modified': {
          '@value': modified.toISOString(),
          '@type': 'http://www.w3.org/2001/XMLSchema#dateTime',
        },
      }),
      'dcat:distribution': [
        file('CSV', 'text/csv', 'entries.csv'),
        file('XLSX', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'entries.xlsx'),
      ],
    });
  }
  return {
    '@context': {
      dcat: 'http://www.w3.org/ns/dcat#',
      dct: 'http://purl.org/dc/terms/',
      foaf: 'http://xmlns.com/foaf/0.1/',
    },
    '@id': `${origin}/api/registers/catalogue.jsonld`,
    '@type': 'dcat:Catalog',
    'dct:title': [
      { '@value': `${city.name.zh}知识产权名册开放数据`, '@language': 'zh' },
      { '@value': `Open data of the IP registers of ${city.name.en}`, '@language': 'en' },
    ],
    'dcat:dataset': datasets,
  };
}
