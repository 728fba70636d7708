import { accept, identifier, reject } from './check.ts';

/**
 * A symbol of the International Patent Classification: a subclass (`A47L`) or a group (`A47L 1/03`), with or without
 * the edition tag `[2006.01]` or `(2006.01)` and the letter after it in exports (I invention, N additional). Normal form:
 * as printed, one space, without the tag. Whether the symbol exists in an edition is a matter of the scheme's data.
 * Parts: `level` (subclass, group), `section`, `class`, `subclass`, `mainGroup`, `subgroup`, `symbol` (without the
 * space, as in data files), `edition` (`2006.01` or null), `role` (I, N or null).
 */
export const checkIpc = identifier((text) => {
  const m = /^([A-HY])(\d{2})([A-Z])(?:(\d{1,4})\/(\d{2,6}))?(?:[[(](\d{4}\.\d{2})[\])])?([IN])?$/.exec(text);
  if (!m) {
    const partial = /^[A-H](\d{2})?$/.test(text);
    return partial
      ? reject(
          'incomplete',
          `“${text}”只到部或大类，请写到小类（如 A47L）或组（如 A47L 1/03）`,
          `"${text}" is only a section or class: give a subclass (A47L) or a group (A47L 1/03)`,
        )
      : reject(
          'format',
          '不是 IPC 分类号，应如 A47L 或 A47L 1/03（可带版本 [2006.01]）',
          'Not an IPC symbol: write it as A47L or A47L 1/03 (an edition tag such as [2006.01] may follow)',
        );
  }
  const [, section = '', cls = '', sub = '', main, subgroup, edition, role] = m;
  if (section === 'Y') {
    return reject(
      'cpc-section',
      'Y 部只属于 CPC，IPC 只有 A 至 H 部',
      'Section Y belongs to the CPC; the IPC has the sections A to H',
    );
  }
  const subclass = `${section}${cls}${sub}`;
  if (main === undefined || subgroup === undefined) {
    if (role !== undefined && edition === undefined) {
      return reject('format', '小类后只能接组号或版本', 'Only a group or an edition may follow the subclass');
    }
    return accept(subclass, {
      level: 'subclass',
      section,
      class: `${section}${cls}`,
      subclass,
      mainGroup: null,
      subgroup: null,
      symbol: subclass,
      edition: edition ?? null,
      role: role ?? null,
    });
  }
  const mainGroup = main.replace(/^0+/, '');
  if (cls === '00' || mainGroup === '') {
    return reject('group', '大类号和主组号从 1 起', 'Class and main group count from 1');
  }
  return accept(`${subclass} ${mainGroup}/${subgroup}`, {
    level: 'group',
    section,
    class: `${section}${cls}`,
    subclass,
    mainGroup: Number(mainGroup),
    subgroup,
    symbol: `${subclass}${mainGroup}/${subgroup}`,
    edition: edition ?? null,
    role: role ?? null,
  });
});
