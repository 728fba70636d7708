import type { Platform } from '#kernel/module';
import type { Board } from './board.ts';
import { differenceOn } from './cockpit.ts';

/** One flat row of the open data: the board as anybody can load it into a spreadsheet. */
export interface OpenRow {
  [column: string]: string | number | null;
}

/** The board as flat rows; columns are named in Chinese because the people who open them read Chinese. */
export function openRows(platform: Platform, board: Board): OpenRow[] {
  const { years, projects } = platform.pack.plan;
  return board.indicators.flatMap((view) => {
    const rows = view.parts ?? [null];
    return rows.map((part) => {
      const targets = part?.targets ?? view.targets;
      const reported = part ? part.reported : view.reported;
      const measured = part ? part.measured : view.measured;
      return {
        编号: view.no,
        指标: view.title,
        分项: part?.title ?? null,
        工程: projects.find((p) => p.id === view.project)?.name ?? view.project,
        类型: part?.kind ?? view.kind,
        单位: part?.unit ?? view.unit,
        ...Object.fromEntries(years.map((y) => [`${y}年目标`, targetText(targets[y])])),
        ...Object.fromEntries(years.map((y) => [`${y}年原文`, view.printed[y] ?? null])),
        截至: board.asOf,
        应达: part ? part.expected : view.expected,
        测算值: measured?.value ?? null,
        填报值: reported?.stage ? reported.stage.label : (reported?.value ?? null),
        填报期: reported?.period ?? null,
        差异: differenceOn({ measured, reported }, board.asOf),
        现知测算值: measured?.now?.value ?? null,
        状态: part?.light ?? view.light,
        原因: part?.reason ?? view.reason,
        责任部门: view.lead.map((d) => d.calledThen).join('、'),
        协助部门: view.assist.map((d) => d.calledThen).join('、'),
      };
    });
  });
}

function targetText(
  target: number | { min: number; max: number } | null | undefined,
): string | number | null {
  if (target === null || target === undefined) return null;
  return typeof target === 'number' ? target : `${target.min}-${target.max}`;
}

/** A DCAT-AP catalogue with one data set and its two distributions, as JSON-LD. */
export function catalogue(platform: Platform, origin: string, modified: string): object {
  const { city, plan } = platform.pack;
  const source = platform.pack.city.sources.find((s) => s.id === plan.source);
  const file = (format: string, type: string, path: string) => ({
    '@type': 'dcat:Distribution',
    'dct:title': `${plan.title.zh}（${format}）`,
    'dcat:accessURL': { '@id': `${origin}${path}` },
    'dcat:downloadURL': { '@id': `${origin}${path}` },
    'dcat:mediaType': { '@id': `https://www.iana.org/assignments/media-types/${type}` },
    // The publisher has named no licence yet; DCAT-AP says so with a rights statement rather than an invented one.
    'dct:rights': { '@value': '许可方式以发布单位公布为准', '@language': 'zh' },
  });
  return {
    '@context': {
      dcat: 'http://www.w3.org/ns/dcat#',
      dct: 'http://purl.org/dc/terms/',
      foaf: 'http://xmlns.com/foaf/0.1/',
      xsd: 'http://www.w3.org/2001/XMLSchema#',
    },
    '@id': `${origin}/api/plan/open-data/catalogue.jsonld`,
    '@type': 'dcat:Catalog',
    'dct:title': [
      { '@value': `${city.name.zh}知识产权强市开放数据`, '@language': 'zh' },
      { '@value': `Open data on the IP plan of ${city.name.en}`, '@language': 'en' },
    ],
    'dct:description': { '@value': plan.title.zh, '@language': 'zh' },
    'dct:publisher': { '@type': 'foaf:Organization', 'foaf:name': source?.issuer ?? city.name.zh },
    'dcat:dataset': {
      '@id': `${origin}/api/plan#dataset`,
      '@type': 'dcat:Dataset',
      'dct:title': [
        { '@value': plan.title.zh, '@language': 'zh' },
        { '@value': plan.title.en, '@language': 'en' },
      ],
      'dct:description': {
        '@value':
          '各项指标的年度目标、测算值、填报值、状态及原因；测算值由平台按口径计算，填报值由责任部门报送并经审核。',
        '@language': 'zh',
      },
      'dct:identifier': plan.id,
      'dct:temporal': {
        '@type': 'dct:PeriodOfTime',
        'dcat:startDate': { '@value': plan.start, '@type': 'xsd:date' },
        'dcat:endDate': { '@value': plan.end, '@type': 'xsd:date' },
      },
      'dct:modified': { '@value': modified, '@type': 'xsd:dateTime' },
      'dct:accrualPeriodicity': {
        '@id': 'http://publications.europa.eu/resource/authority/frequency/BIANNUAL',
      },
      'dcat:keyword': ['知识产权', '强市', '指标'],
      'dcat:distribution': [
        file('CSV', 'text/csv', '/api/plan/open-data/indicators.csv'),
        file('JSON', 'application/json', '/api/plan/open-data/indicators.json'),
      ],
    },
  };
}
