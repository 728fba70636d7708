import { checkItemForm } from './check-item-form.ts';
import { checkItemGuide } from './check-item-guide.ts';
import { checkItemRegisters } from './check-item-registers.ts';
import { checkItemReward } from './check-rewards.ts';
import type { Draft, DraftItem } from './draft.ts';
import type { FaultCode, FaultParams, Path } from './faults.ts';
import { actionsFrom, clockLeftRunning, firstState, leadingToAnEnd, reachable } from './item-graph.ts';
import { isShorter } from './rule-length.ts';
import type { LegalLimit, LimitLaw } from './schema.ts';
import type { ItemBasis, ServiceItem } from './schema-item.ts';

/** What a material must not be called: an applicant would have to guess. */
const VAGUE = /其他|其它|等材料|有关材料|相关材料|要求的材料|需要的材料/;

/** Checks the service items: what they refer to, that every matter can end, and that no clock runs for ever. */
export function checkItems(draft: Draft): void {
  checkVersions(draft);
  for (const file of draft.items) {
    if (!file.text || !file.value) continue;
    const check = new ItemCheck(draft, file, file.value);
    check.references();
    check.guide();
    checkItemForm(draft, file.text, file.value);
    checkItemReward(draft, file.text, file.value);
    checkItemGuide(draft, file.text, file.value);
    checkItemRegisters(draft, file.text, file.value);
    check.flow();
    check.clocks();
  }
}

/** Versions of one item follow each other: no day has two. Numbers of different items do not run together. */
function checkVersions(draft: Draft): void {
  const byId = new Map<string, DraftItem[]>();
  const marks = new Map<string, string>();
  for (const { id, text, value } of draft.items) {
    if (!text || !value) continue;
    // Versions of one item, and of one document in it, go on with the same numbers.
    const claim = (mark: string | undefined, owner: string, path: Path) => {
      if (mark === undefined) return;
      const other = marks.get(mark) ?? owner;
      marks.set(mark, other);
      if (other !== owner) draft.faults.add({ text, path }, 'item-mark-shared', { mark, other });
    };
    claim(value.mark, id, ['mark']);
    for (const [i, document] of value.documents.entries())
      claim(document.mark, `${id} ${document.id}`, ['documents', i, 'mark']);
  }
  for (const file of draft.items)
    if (file.text && file.value) byId.set(file.id, [...(byId.get(file.id) ?? []), file]);
  for (const versions of byId.values()) {
    versions.sort((a, b) => (a.value!.from < b.value!.from ? -1 : 1));
    for (const [i, { text, value }] of versions.entries()) {
      if (value!.to !== null && value!.to < value!.from)
        draft.faults.add({ text: text!, path: ['to'] }, 'period-reversed', {
          from: value!.from,
          to: value!.to,
        });
      const before = versions[i - 1];
      if (before && (before.value!.to === null || before.value!.to >= value!.from))
        draft.faults.add({ text: text!, path: ['from'] }, 'item-versions-overlap', {
          id: value!.id,
          from: value!.from,
          other: before.text!.file,
        });
    }
  }
}

/** One version of an item under check. */
class ItemCheck {
  readonly #limits: Map<string, LegalLimit>;
  readonly #laws: Map<string, LimitLaw>;

  constructor(
    private readonly draft: Draft,
    private readonly file: DraftItem,
    private readonly item: ServiceItem,
  ) {
    this.#limits = new Map(draft.limits?.limits.map((limit) => [limit.id, limit]));
    this.#laws = new Map(draft.limits?.laws.map((law) => [law.id, law]));
  }

  #add(path: Path, code: FaultCode, params: FaultParams = {}): void {
    this.draft.faults.add({ text: this.file.text!, path }, code, params);
  }

  #known(path: Path, code: FaultCode, id: string, known: ReadonlySet<string>): boolean {
    if (known.has(id)) return true;
    this.draft.faults.unknown({ text: this.file.text!, path }, code, id, known);
    return false;
  }

  /** Every id is given once, and everything that is referred to is there. */
  references(): void {
    const { item } = this;
    const ids = {} as Record<'roles' | 'clocks' | 'documents' | 'states', ReadonlySet<string>>;
    for (const list of ['roles', 'clocks', 'documents', 'states', 'actions', 'materials'] as const) {
      const first = new Map<string, number>();
      for (const [i, { id }] of item[list].entries()) {
        const before = first.get(id);
        if (before === undefined) first.set(id, i);
        else {
          const { line } = this.file.text!.locate([list, before, 'id']);
          this.#add([list, i, 'id'], 'duplicate-id', { id, line });
        }
      }
      if (list !== 'actions' && list !== 'materials') ids[list] = new Set(first.keys());
    }
    const { departments } = this.draft.known;
    if (departments)
      this.#known(['keeper', 'department'], 'unknown-department', item.keeper.department, departments);
    for (const [i, action] of item.actions.entries()) {
      const at = (...path: Path): Path => ['actions', i, ...path];
      this.#known(at('by'), 'item-unknown-role', action.by, ids.roles);
      for (const [n, state] of action.from.entries())
        this.#known(at('from', n), 'item-unknown-state', state, ids.states);
      if (action.to !== undefined) this.#known(at('to'), 'item-unknown-state', action.to, ids.states);
      for (const key of ['after', 'meets', 'starts', 'stops', 'pauses', 'resumes', 'extends'] as const)
        for (const [n, clock] of action[key].entries())
          this.#known(at(key, n), 'item-unknown-clock', clock, ids.clocks);
      for (const [n, document] of action.documents.entries())
        this.#known(at('documents', n), 'item-unknown-document', document, ids.documents);
    }
    const actions = new Set(item.actions.map(({ id }) => id));
    for (const [i, { needs = [], to, id }] of item.actions.entries()) {
      for (const [n, other] of needs.entries())
        this.#known(['actions', i, 'needs', n], 'item-unknown-action', other, actions);
      // Whether a state can be reached and left is known from states alone.
      if (needs.length > 0 && to !== undefined)
        this.#add(['actions', i, 'needs'], 'item-needs-leads', { id });
    }
    for (const [i, { at }] of item.materials.entries())
      if (at !== undefined) this.#known(['materials', i, 'at'], 'item-unknown-action', at, actions);
    if (item.filing !== undefined) this.#known(['filing'], 'item-unknown-action', item.filing, actions);
    this.#publication(actions, ids.documents);
    const doers = new Set(item.actions.map((action) => action.by));
    for (const [i, role] of item.roles.entries())
      if (!doers.has(role.id)) this.#add(['roles', i, 'id'], 'item-role-idle', { id: role.id });
    if (this.draft.limits) {
      const limits = new Set(this.#limits.keys());
      for (const [i, clock] of item.clocks.entries())
        this.#known(['clocks', i, 'limit'], 'item-unknown-limit', clock.limit, limits);
      if (item.duration)
        this.#known(['duration', 'limit'], 'item-unknown-limit', item.duration.limit, limits);
      for (const [path, entry] of this.#bases()) this.#basis(path, entry);
    }
  }

  /** What is published is there, and a head releases it. */
  #publication(actions: ReadonlySet<string>, documents: ReadonlySet<string>): void {
    const { publication, roles, actions: steps } = this.item;
    if (!publication) return;
    const at = (...path: Path): Path => ['publication', ...path];
    for (const [n, id] of publication.documents.entries())
      this.#known(at('documents', n), 'item-unknown-document', id, documents);
    for (const [n, id] of publication.withdrawn.entries())
      this.#known(at('withdrawn', n), 'item-unknown-action', id, actions);
    if (this.draft.limits)
      for (const [n, id] of publication.ends.entries())
        this.#known(at('ends', n), 'item-unknown-limit', id, new Set(this.#limits.keys()));
    for (const [n, id] of publication.steps.entries()) {
      if (!this.#known(at('steps', n), 'item-unknown-action', id, actions)) continue;
      const by = steps.find((step) => step.id === id)?.by;
      if (roles.find((role) => role.id === by)?.side !== 'head')
        this.#add(at('steps', n), 'item-publication-step', { step: id });
    }
  }

  #bases(): [Path, ItemBasis][] {
    const { item } = this;
    const of = (path: Path, bases: readonly ItemBasis[]) =>
      bases.map((entry, i): [Path, ItemBasis] => [[...path, 'basis', i], entry]);
    return [
      ...of([], item.basis),
      ...of(['fee'], item.fee.basis),
      ...of(['publication'], item.publication?.basis ?? []),
      ...(['conditions', 'materials', 'remedies', 'actions'] as const).flatMap((list) =>
        item[list].flatMap((entry, i) => of([list, i], entry.basis)),
      ),
    ];
  }

  #basis(path: Path, { law, article, verified }: ItemBasis): void {
    if (!this.#known([...path, 'law'], 'unknown-law', law, new Set(this.#laws.keys()))) return;
    const known = this.#laws.get(law)!;
    if (verified && !known.read) this.#add([...path, 'verified'], 'item-basis-unread', { law, article });
    const { from, to } = this.item;
    if ((known.from !== null && known.from > from) || (known.to !== null && (to === null || to > known.to)))
      this.#add([...path, 'law'], 'item-law-not-in-force', {
        law,
        from: known.from ?? '…',
        to: known.to ?? '…',
      });
  }

  /** What the guide promises: materials that can be judged, results of their kind, no promise beyond the law. */
  guide(): void {
    const { materials, results, duration, opens } = this.item;
    for (const [i, material] of materials.entries()) {
      const at = (...path: Path): Path => ['materials', i, ...path];
      if (VAGUE.test(material.title.zh))
        this.#add(at('title', 'zh'), 'item-material-vague', { title: material.title.zh });
      if ((material.necessity === 'conditional') !== (material.when !== undefined))
        this.#add(at('necessity'), 'item-material-when', { title: material.title.zh });
      if ((material.source === 'issued') !== (material.issuer !== undefined))
        this.#add(at('source'), 'item-material-issuer', { title: material.title.zh });
    }
    for (const [i, { title, kind }] of results.entries()) {
      const wanted = title.zh.endsWith('证') ? 'certificate' : title.zh.endsWith('批复') ? 'approval' : kind;
      if (kind !== wanted) this.#add(['results', i, 'kind'], 'item-result-kind', { title: title.zh, wanted });
    }
    if (opens === 'application' && materials.length === 0) this.#add(['materials'], 'item-no-material');
    const limit = duration && this.#limits.get(duration.limit);
    if (!limit || duration.promised === undefined) return;
    if (!isShorter(duration.promised, limit.rule))
      this.#add(['duration', 'promised'], 'item-promise', { promised: duration.promised, rule: limit.rule });
  }

  /** Every state can be reached, and from every state an end. */
  flow(): void {
    const { states, actions } = this.item;
    const place = (id: string): Path => ['states', states.findIndex((state) => state.id === id), 'id'];
    const first = firstState(this.item);
    if (first.end) this.#add(['states', 0, 'end'], 'item-begins-at-end');
    const opening = actionsFrom(this.item, first.id).length;
    if (opening !== 1) this.#add(['states', 0, 'id'], 'item-opening', { id: first.id, count: opening });
    const reached = reachable(this.item, first.id);
    const ending = leadingToAnEnd(this.item);
    for (const { id, end } of states) {
      if (!reached.has(id)) this.#add(place(id), 'item-unreachable', { id });
      if (!ending.has(id)) this.#add(place(id), 'item-dead-end', { id });
      if (end)
        for (const [i, action] of actions.entries())
          if (action.to !== undefined && action.from.includes(id))
            this.#add(['actions', i, 'from'], 'item-leaves-end', { id, action: action.id });
    }
  }

  /** Every clock begins, is stopped on every way, and goes on after it stood still. */
  clocks(): void {
    const { clocks, actions } = this.item;
    const does = (key: 'meets' | 'starts' | 'stops' | 'pauses' | 'resumes' | 'extends', clock: string) =>
      actions.some((action) => action[key].includes(clock));
    for (const [i, { id, limit }] of clocks.entries()) {
      const path: Path = ['clocks', i, 'id'];
      if (!does('starts', id)) {
        this.#add(path, 'item-clock-never-starts', { id });
        continue;
      }
      if (!does('meets', id)) this.#add(path, 'item-clock-never-met', { id });
      const way = clockLeftRunning(this.item, id);
      if (way)
        this.#add(path, 'item-clock-never-stops', {
          id,
          way: way.map((action) => action.id).join(' → '),
        });
      if (does('pauses', id) !== does('resumes', id)) this.#add(path, 'item-clock-pause', { id });
      const law = this.#limits.get(limit);
      if (!law) continue;
      for (const [n, action] of actions.entries())
        if (action.extends.includes(id) && action.extension > law.extensions.length)
          this.#add(['actions', n, 'extends'], 'item-clock-no-extension', { id, limit });
      if (does('pauses', id) && law.excludes.length === 0)
        this.#add(path, 'item-clock-no-exclusion', { id, limit });
    }
  }
}
