import type { FaultCode } from '#kernel/city/faults';
import { type FaultCase, type Path, set, unset } from './fault-cases.ts';

const P = 'portals.yaml';

/** Place of a portal: 0 东渡, 1 西屏 with two overrides, 2 the harbour with an exception. */
const portal = (index: number, ...path: Path): Path => ['portals', index, ...path];
const keeper = portal(1, 'overrides', 0);
const visit = portal(1, 'overrides', 1);

/** Faults of the sub-portals. */
export const PORTAL_CASES = {
  'portal-region': {
    edits: [
      { file: P, set: portal(2, 'region'), to: 'yunzhou' },
      { file: P, set: portal(2, 'office'), to: 'market-office' },
    ],
    file: P,
    at: 'region: yunzhou',
  },
  'portal-region-shared': set(P, portal(2, 'region'), 'east', 'region: east'),
  'portal-ended': set(P, portal(2, 'office'), 'patent-office', 'office: patent-office'),
  'portal-office-elsewhere': set(P, portal(2, 'office'), 'gov-east', 'office: gov-east'),
  'portal-group': set(P, portal(2, 'office'), 'counties', 'office: counties'),
  'portal-unknown-item': set(P, [...visit, 'item'], 'leters', 'leters'),
  'portal-item-twice': set(
    P,
    portal(2, 'except', 1),
    { item: 'letters', reason: { zh: '重复', en: 'Again' } },
    'item: letters',
  ),
  'portal-override-empty': unset(P, [...keeper, 'keeper'], 'item: letters'),
  'portal-override-twice': set(
    P,
    [...visit, 'keeper'],
    { department: 'education', level: 'city' },
    'keeper:',
  ),
  'portal-keeper-same': set(P, [...keeper, 'keeper', 'department'], 'market-office', 'keeper:'),
  'portal-promise': set(P, [...visit, 'promised'], '3WD', 'promised: 3WD'),
  'portal-source-unread': {
    edits: [{ file: 'city.yaml', set: ['sources', 1, 'read'], to: false }],
    file: P,
    at: 'verified: true',
  },
} satisfies Partial<Record<FaultCode, FaultCase>>;
