import type { Draft } from './draft.ts';
import type { FaultCode, FaultParams, Path } from './faults.ts';
import type { ServiceItem } from './schema-item.ts';
import type { PackText } from './source-text.ts';

/** Checks what the guide says of how an item is conducted against the rest of it, as cities check their implementation lists. */
export function checkItemGuide(draft: Draft, text: PackText, item: ServiceItem): void {
  const add = (path: Path, code: FaultCode, params: FaultParams = {}) =>
    draft.faults.add({ text, path, on: 'key' }, code, params);
  const { departments } = draft.known;
  if (departments)
    for (const [path, id] of [
      ...(item.joint ?? []).map((one, i): [Path, string] => [['joint', i], one]),
      ...(item.entrustedBy === undefined ? [] : [[['entrustedBy'], item.entrustedBy] as [Path, string]]),
    ])
      if (!departments.has(id)) draft.faults.unknown({ text, path }, 'unknown-department', id, departments);
  const { conduct, duration, fee } = item;
  if (!conduct) return;
  if ((conduct.type === 'immediate') === (duration !== undefined))
    add(['conduct', 'type'], 'item-conduct-type');
  if (conduct.visits > 0 !== (conduct.visitReason !== undefined))
    add(['conduct', 'visits'], 'item-conduct-visits', { visits: conduct.visits });
  const online = conduct.channels.includes('online');
  if (conduct.visits === 0 && !online && !conduct.postIn) add(['conduct', 'visits'], 'item-conduct-post');
  if (conduct.depth !== undefined && (!online || (conduct.depth === 4 && conduct.visits > 0)))
    add(['conduct', 'depth'], 'item-conduct-depth', { depth: conduct.depth });
  if (conduct.payment && fee.charged === false) add(['conduct', 'payment'], 'item-conduct-payment');
}
