import { checkUnique, type Draft, type Row } from './draft.ts';
import type { FaultCode, FaultParams, Path } from './faults.ts';
import { isShorter } from './rule-length.ts';
import type { Validity } from './schema.ts';
import type { ServiceItem } from './schema-item.ts';
import { PORTAL_DIFFERENCES, type Portal, type PortalOverride } from './schema-portal.ts';

/** Checks portals.yaml: whose portals they are, that what they refer to is there, and that what differs does differ. */
export function checkPortals(draft: Draft): void {
  const text = draft.texts.get('portals');
  if (!text) return;
  checkUnique(
    draft,
    'portals',
    draft.portals.map(({ value, path }) => ({ id: value.id, path: [...path, 'id'] })),
  );
  const owners = new Map<string, string>();
  for (const row of draft.portals) {
    const { region, id } = row.value;
    const other = owners.get(region);
    if (other !== undefined)
      draft.faults.add({ text, path: [...row.path, 'region'] }, 'portal-region-shared', { region, other });
    else owners.set(region, id);
    const check = new PortalCheck(draft, row);
    check.places();
    check.items();
  }
}

/** One portal under check. */
class PortalCheck {
  constructor(
    private readonly draft: Draft,
    private readonly row: Row<Portal>,
  ) {}

  get #text() {
    return this.draft.texts.get('portals')!;
  }

  #add(path: Path, code: FaultCode, params: FaultParams = {}): void {
    // A key, because what differs may be a list of lines below it.
    this.draft.faults.add({ text: this.#text, path: [...this.row.path, ...path], on: 'key' }, code, params);
  }

  #known(path: Path, code: FaultCode, id: string, known: ReadonlySet<string> | null): boolean {
    if (!known || known.has(id)) return true;
    this.draft.faults.unknown({ text: this.#text, path: [...this.row.path, ...path] }, code, id, known);
    return false;
  }

  /** The line of another place of this portal. */
  #line(path: Path): number {
    return this.#text.locate([...this.row.path, ...path]).line;
  }

  /** Is it a county or park that still is, with an office of its own? */
  places(): void {
    const { region, office } = this.row.value;
    if (this.#known(['region'], 'unknown-region', region, this.draft.known.regions)) {
      const found = this.draft.regions.find(({ value }) => value.id === region)?.value;
      if (found?.kind === 'city') this.#add(['region'], 'portal-region', { id: region });
      this.#lasting(['region'], region, found?.names);
    }
    this.#office(['office'], office);
    const found = this.draft.departments.find(({ value }) => value.id === office)?.value;
    if (found?.region !== undefined && found.region !== region)
      this.#add(['office'], 'portal-office-elsewhere', { id: office, other: found.region, region });
  }

  /** A department to which a matter can be given. */
  #office(path: Path, id: string): void {
    if (!this.#known(path, 'unknown-department', id, this.draft.known.departments)) return;
    const found = this.draft.departments.find(({ value }) => value.id === id)?.value;
    if (found?.kind === 'group') this.#add(path, 'portal-group', { id });
    this.#lasting(path, id, found?.names);
  }

  #lasting(path: Path, id: string, names: readonly Validity[] = []): void {
    const end = names.at(-1)?.to ?? null;
    if (end !== null) this.#add(path, 'portal-ended', { id, to: end });
  }

  /** What is left out, and what differs. */
  items(): void {
    const { except, overrides } = this.row.value;
    const ids = new Set(this.draft.items.map(({ id }) => id));
    const left = new Map<string, number>();
    for (const [i, { item }] of except.entries()) {
      const path: Path = ['except', i, 'item'];
      this.#known(path, 'portal-unknown-item', item, ids);
      const before = left.get(item);
      if (before === undefined) left.set(item, i);
      else this.#add(path, 'portal-item-twice', { id: item, line: this.#line(['except', before, 'item']) });
    }
    for (const [i, override] of overrides.entries()) {
      const path: Path = ['overrides', i];
      const { item } = override;
      const out = left.get(item);
      if (out !== undefined)
        this.#add([...path, 'item'], 'portal-item-twice', {
          ...{ id: item, line: this.#line(['except', out, 'item']) },
        });
      if (this.#known([...path, 'item'], 'portal-unknown-item', item, ids)) this.#differs(path, override);
      this.#once(i, override);
      this.#source(path, override);
    }
  }

  /** Does what is said to differ differ from every version that it meets? */
  #differs(path: Path, { item, keeper, promised, ...override }: PortalOverride): void {
    const versions = this.draft.items.flatMap(({ value }) =>
      value && value.id === item && meet(value, override) ? [value] : [],
    );
    if (keeper) {
      this.#office([...path, 'keeper', 'department'], keeper.department);
      const same = ({ keeper: city }: ServiceItem) => city.department === keeper.department;
      if (versions.length > 0 && versions.every(same))
        this.#add([...path, 'keeper'], 'portal-keeper-same', { id: item, department: keeper.department });
    }
    if (promised === undefined) return;
    const limits = new Map(this.draft.limits?.limits.map(({ id, rule }) => [id, rule]));
    for (const { duration } of versions) {
      const law = duration && limits.get(duration.limit);
      const rules = [law, duration?.promised].filter((rule) => rule !== undefined);
      // A limit that is not there is a fault of the item.
      if (duration && (law === undefined || rules.every((rule) => isShorter(promised, rule)))) continue;
      this.#add([...path, 'promised'], 'portal-promise', {
        ...{ id: item, promised, rule: rules.join(', ') || '–' },
      });
      return;
    }
  }

  /** Everything is said once for a day, and something is said. */
  #once(i: number, override: PortalOverride): void {
    const { item, from, to } = override;
    const path: Path = ['overrides', i];
    const said = PORTAL_DIFFERENCES.filter((what) => override[what] !== undefined);
    if (said.length === 0) this.#add(path, 'portal-override-empty', { id: item });
    if (from !== null && to !== null && to < from)
      this.#add([...path, 'to'], 'period-reversed', { from, to });
    for (const what of said) {
      const before = this.row.value.overrides
        .slice(0, i)
        .findIndex((one) => one.item === item && one[what] !== undefined && meet(one, override));
      if (before >= 0)
        this.#add([...path, what], 'portal-override-twice', {
          ...{ id: item, what, line: this.#line(['overrides', before, what]) },
        });
    }
  }

  #source(path: Path, { item, source, verified }: PortalOverride): void {
    if (!this.#known([...path, 'source'], 'unknown-source', source, this.draft.known.sources)) return;
    const read = this.draft.city?.sources.find(({ id }) => id === source)?.read;
    if (verified && read === false)
      this.#add([...path, 'verified'], 'portal-source-unread', { id: item, source });
  }
}

/** Have two periods a day in common? */
const meet = (a: Validity, b: Validity): boolean =>
  (a.from === null || b.to === null || a.from <= b.to) &&
  (b.from === null || a.to === null || b.from <= a.to);
