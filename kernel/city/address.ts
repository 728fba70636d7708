import type { CityPack, Region } from './schema.ts';

/** Names of the provinces, regions and municipalities of China, short and full. */
const PROVINCES: readonly (readonly [short: string, full: string])[] = [
  ['北京', '北京市'],
  ['天津', '天津市'],
  ['河北', '河北省'],
  ['山西', '山西省'],
  ['内蒙古', '内蒙古自治区'],
  ['辽宁', '辽宁省'],
  ['吉林', '吉林省'],
  ['黑龙江', '黑龙江省'],
  ['上海', '上海市'],
  ['江苏', '江苏省'],
  ['浙江', '浙江省'],
  ['安徽', '安徽省'],
  ['福建', '福建省'],
  ['江西', '江西省'],
  ['山东', '山东省'],
  ['河南', '河南省'],
  ['湖北', '湖北省'],
  ['湖南', '湖南省'],
  ['广东', '广东省'],
  ['广西', '广西壮族自治区'],
  ['海南', '海南省'],
  ['重庆', '重庆市'],
  ['四川', '四川省'],
  ['贵州', '贵州省'],
  ['云南', '云南省'],
  ['西藏', '西藏自治区'],
  ['陕西', '陕西省'],
  ['甘肃', '甘肃省'],
  ['青海', '青海省'],
  ['宁夏', '宁夏回族自治区'],
  ['新疆', '新疆维吾尔自治区'],
  ['台湾', '台湾省'],
  ['香港', '香港特别行政区'],
  ['澳门', '澳门特别行政区'],
];

/** What makes a place's name the name of a street, a building or a body: “×× Road”, “×× Tower”, “××市” + “场”. */
const NOT_THE_PLACE =
  /^(?:[东西南北中]?[一二三四五六七八九十]?(?:路|街|巷|弄|桥|河|里|村|大道|大街|新村|公路|高速|大厦|大楼|花园|广场|小区|公寓|宾馆|饭店|酒店)|道)/;

/** Where an address lies. */
export interface AddressMatch {
  /** Region as the address names it, which may have ended since. */
  regionId: string;
  /** county: a county or park was recognised; city: only the city. */
  precision: 'county' | 'city';
  /** The word that decided. */
  matched: string;
}

/**
 * Finds the region of the city in which an address lies, or null.
 *
 * The rule, in order:
 * 1. Full-width letters, spaces, a postcode and 中国 at the beginning are dropped.
 * 2. Another province's name at the beginning, or its full name (浙江省) anywhere, means elsewhere: null.
 * 3. After the own province, or at the beginning, another city's name (苏州市) means elsewhere: null.
 * 4. The city is named when its full name stands anywhere or its short name at the beginning.
 * 5. A county's or park's keyword counts unless it is part of a street's or building's name (海门路); a keyword that
 *    needs the province or the city counts only after that name. The leftmost keyword wins, at one place the longest.
 * 6. Without a keyword the city itself, when it is named; otherwise null.
 */
export function regionOfAddress(pack: CityPack, text: string): AddressMatch | null {
  const own = new Set(pack.city.address.province);
  const address = text
    .normalize('NFKC')
    .replace(/\s+/gu, '')
    .replace(/^\d{6}/, '')
    .replace(/^(?:中华人民共和国|中国)[,，]?/, '');
  if (address === '' || namesOtherProvince(address, own)) return null;

  const province = longest(pack.city.address.province.filter((name) => startsWithPlace(address, name)));
  const start = province?.length ?? 0;
  const keywords = findKeywords(pack, address);
  const cityEnd = findCity(pack, address, start);
  const beginsHere = keywords.some((found) => found.at === start);
  if (cityEnd === null && !beginsHere && /^\p{Script=Han}{2,4}?市/u.test(address.slice(start))) return null;

  const usable = keywords.filter(({ at, needs }) => {
    if (needs === 'nothing') return true;
    if (cityEnd !== null && at >= cityEnd) return true;
    return needs === 'province' && province !== null;
  });
  const best = usable.sort((a, b) => a.at - b.at || b.word.length - a.word.length)[0];
  if (best) return { regionId: best.region.id, precision: 'county', matched: best.word };
  if (cityEnd === null) return null;
  const city = pack.regions.find((region) => region.kind === 'city');
  return city
    ? {
        regionId: city.id,
        precision: 'city',
        matched: address.slice(cityStart(pack, address, cityEnd), cityEnd),
      }
    : null;
}

const longest = (words: readonly string[]): string | null =>
  [...words].sort((a, b) => b.length - a.length)[0] ?? null;

/** Does the place's name end here, or does it go on to a street's or building's name? */
function endsHere(address: string, end: number, word: string): boolean {
  const rest = address.slice(end);
  if (word.endsWith('市')) return !rest.startsWith('场');
  return /[区县省]$/.test(word) || !NOT_THE_PLACE.test(rest);
}

const startsWithPlace = (address: string, name: string): boolean =>
  address.startsWith(name) && endsHere(address, name.length, name);

function namesOtherProvince(address: string, own: ReadonlySet<string>): boolean {
  return PROVINCES.some(
    ([short, full]) =>
      !own.has(short) && !own.has(full) && (startsWithPlace(address, short) || address.includes(full)),
  );
}

/** End of the city's name, or null when the address does not name it. */
function findCity(pack: CityPack, address: string, start: number): number | null {
  const names = [...pack.city.address.city].sort((a, b) => b.length - a.length);
  for (const name of names) {
    const at = name.endsWith('市') ? address.indexOf(name) : address.startsWith(name, start) ? start : -1;
    if (at >= 0 && endsHere(address, at + name.length, name)) return at + name.length;
  }
  return null;
}

function cityStart(pack: CityPack, address: string, end: number): number {
  const name = longest(pack.city.address.city.filter((word) => address.slice(0, end).endsWith(word)));
  return end - (name?.length ?? 0);
}

interface FoundKeyword {
  region: CityPack['regions'][number];
  word: string;
  needs: Region['addressKeywords'][number]['needs'];
  at: number;
}

function findKeywords(pack: CityPack, address: string): FoundKeyword[] {
  const found: FoundKeyword[] = [];
  for (const region of pack.regions) {
    for (const { text: word, needs } of region.addressKeywords) {
      for (let at = address.indexOf(word); at >= 0; at = address.indexOf(word, at + 1)) {
        if (endsHere(address, at + word.length, word)) found.push({ region, word, needs, at });
      }
    }
  }
  return found;
}
