import type { XmlNode } from '#kernel/xml/node';
import type { RawEvent } from './raw.ts';

/** Fields that say where the event belongs, not what happened; the first group is kept as parts of the event itself. */
const HOUSEKEEPING = new Set([
  'L001EP',
  'L002EP',
  'L003EP',
  'L004EP',
  'L005EP',
  'L007EP',
  'L008EP',
  'L013EP',
  'L018EP',
  'L019EP',
]);

/**
 * An INPADOC event (`ops:legal`): code and day of the gazette, the office's own words, and the further fields under the
 * names that the EPO gives them (`Effective DATE`, `Owner`, `New owner` …). What a code of another office means
 * (`REG` with country and code) stands in the details.
 */
export function readLegal(node: XmlNode): RawEvent {
  const detail = new Map<string, string>();
  const add = (name: string, text: string) => {
    if (text === '') return;
    const before = detail.get(name);
    detail.set(name, before === undefined ? text : `${before}; ${text}`);
  };
  for (const part of [...node.all(), ...node.list('L500EP').flatMap((group) => group.all())]) {
    if (!/^L\d{3}EP$/.test(part.name) || part.name === 'L500EP' || HOUSEKEEPING.has(part.name)) continue;
    add(part.attribute('desc') || part.name, part.text);
    // The words for a code of another office.
    add(`${part.attribute('desc') || part.name} (text)`, part.attribute('descData'));
  }
  add('Influence', node.attribute('infl').trim());
  return {
    date: node.at('L007EP'),
    office: node.at('L001EP'),
    code: node.attribute('code').trim() || node.at('L008EP'),
    text: node.attribute('desc').trim(),
    detail: Object.fromEntries(detail),
  };
}
