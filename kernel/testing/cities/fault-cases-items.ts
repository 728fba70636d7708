import type { FaultCode } from '#kernel/city/faults';
import { type FaultCase, type Path, set, slip, unset } from './fault-cases.ts';

const L = 'items/letters.yaml';
const OLD = 'items/letters.2011.yaml';

/** Place of an action of the letters: 0 send, 1 ask, 2 heard, 3 extend, 4 reply, 5 withdraw. */
const action = (index: number, ...path: Path): Path => ['actions', index, ...path];

/** Faults of service items and their procedures. */
export const ITEM_CASES = {
  'item-versions-overlap': {
    edits: [{ file: OLD, set: ['to'], to: '2021-06-30' }],
    file: L,
    at: 'from: 2021-01-01',
    also: ['item-law-not-in-force'],
  },
  'item-unknown-role': set(L, action(1, 'by'), 'clark', 'by: clark'),
  'item-unknown-state': set(L, action(5, 'to'), 'withdrawal', 'to: withdrawal', ['item-unreachable']),
  'item-unknown-clock': set(L, action(1, 'pauses'), ['answr'], 'answr', ['item-clock-pause']),
  'item-unknown-document': set(L, action(0, 'documents'), ['receit'], 'receit'),
  'item-unknown-limit': set(L, ['duration', 'limit'], 'answer-2020', 'answer-2020'),
  'item-needs-leads': set(L, action(4, 'needs'), ['extend'], '- extend'),
  'item-publication-step': set(
    L,
    ['publication'],
    {
      ...{ steps: ['reply'], documents: ['reply'], mask: ['person'] },
      basis: [{ law: 'letters-2021', article: '第一条', verified: true }],
    },
    '- reply',
  ),
  'item-role-idle': set(
    L,
    ['roles', 3],
    { id: 'court', title: { zh: '法院', en: 'Court' }, side: 'court' },
    'id: court',
  ),
  'item-basis-unread': set(OLD, ['basis', 0, 'verified'], true, 'letters-old'),
  'item-law-not-in-force': set(OLD, ['from'], '2010-06-01', 'letters-old'),
  'item-unknown-action': set(L, ['materials', 0, 'at'], 'snd', 'at: snd'),
  'item-material-if': set(L, ['materials', 0, 'if'], 'written', 'if: written'),
  'item-form-file': set(
    L,
    ['form', 'schema', 'properties', 'phone'],
    { format: 'file', type: 'string', title: '附件', 'x-en': { title: 'File' } },
    'format: file',
  ),
  'item-form-name': set(L, ['form', 'name'], 'text', 'name: text'),
  'item-asks-unknown': set(L, ['form', 'asks'], { scribbler: 'written' }, 'scribbler: written'),
  'item-condition': set(L, ['form', 'asks', 'scribe'], 'writen', 'scribe: writen'),
  'item-condition-chain': set(L, ['form', 'asks', 'about'], 'scribe == "x"', 'about:', ['item-form-name']),
  'item-secret': set(L, ['form', 'secret'], ['about'], 'subject: about'),
  'item-also-unknown': set(L, ['form', 'also'], [{ item: 'notes', if: 'written' }], 'item: notes'),
  'item-also-field': {
    edits: [
      { file: L, set: ['form', 'also'], to: [{ item: 'letters', if: 'written' }] },
      {
        file: OLD,
        set: ['form', 'schema', 'properties', 'place'],
        to: { type: 'string', title: '地点', maxLength: 40, 'x-en': { title: 'Place' } },
      },
    ],
    file: L,
    at: 'item: letters',
  },
  'item-mark-shared': {
    edits: [{ file: OLD, set: ['id'], to: 'notes' }],
    file: L,
    at: 'mark:',
  },
  'item-opening': set(L, action(1, 'from'), ['writing', 'received'], 'id: writing', []),
  'item-material-vague': set(L, ['materials', 0, 'title', 'zh'], '其他材料', '其他材料'),
  'item-material-when': set(L, ['materials', 1, 'necessity'], 'required', 'necessity: required', [
    'item-material-if',
  ]),
  'item-material-issuer': unset(L, ['materials', 1, 'issuer'], 'source: issued'),
  'item-no-material': set(L, ['materials'], [], 'materials: []'),
  'item-result-kind': slip(
    L,
    'zh: 答复, en: Answer }, kind: document',
    'zh: 准考证, en: Pass }, kind: document',
  ),
  'item-promise': set(L, ['duration', 'promised'], '5WD', 'promised: 5WD'),
  'item-begins-at-end': set(L, ['states', 0, 'end'], true, 'writing', ['item-leaves-end']),
  'item-unreachable': set(
    L,
    ['states', 4],
    { id: 'lost', title: { zh: '遗失', en: 'Lost' }, end: true },
    'id: lost',
  ),
  'item-dead-end': set(L, ['states', 2, 'end'], false, 'id: answered'),
  'item-leaves-end': set(L, action(5, 'from'), ['answered'], 'answered'),
  'item-clock-never-starts': unset(L, action(0, 'starts'), 'id: answer'),
  'item-clock-never-met': {
    edits: [
      { file: L, set: action(4, 'meets') },
      { file: L, set: action(4, 'stops'), to: ['answer'] },
    ],
    file: L,
    at: 'id: answer',
  },
  'item-clock-never-stops': unset(L, action(5, 'stops'), 'id: answer'),
  'item-clock-pause': unset(L, action(2, 'resumes'), 'id: answer'),
  'item-clock-no-extension': set(L, ['clocks', 0, 'limit'], 'answer-old', 'extends:', [
    'item-clock-no-exclusion',
  ]),
  'item-clock-no-exclusion': set(L, ['clocks', 0, 'limit'], 'answer-old', 'id: answer', [
    'item-clock-no-extension',
  ]),
} satisfies Partial<Record<FaultCode, FaultCase>>;
