import type { CityLookup } from '#kernel/city/lookup';
import { type CityPack, holdsAt } from '#kernel/city/schema';
import type { EndpointResponse } from '#kernel/http/contract';
import type { Lang } from '#kernel/text';
import type { catalogItem, catalogItems } from '../../contract.ts';
import { rulesOf } from '../rewards/rules.ts';
import { CHART, type Flow, flowOf } from './flow.ts';
import { guideOf } from './guide.ts';
import { officeName, Portals } from './portals.ts';

type Item = CityPack['items'][number];
type Summary = EndpointResponse<typeof catalogItems>['items'][number];
type Shown = EndpointResponse<typeof catalogItem>;
type Portal = CityPack['portals'][number];
type Limit = Shown['actions'][number]['starts'][number];

/** The catalogue of a pack's service items, as it is handed out. */
export class Catalog {
  readonly portals: Portals;
  readonly #limits: Map<string, Limit>;
  readonly #laws: Map<string, CityPack['limits']['laws'][number]>;
  /** Drawings, by item version and language: a pack does not change while the platform runs. */
  readonly #flows = new Map<string, Flow>();

  constructor(private readonly pack: CityPack) {
    this.portals = new Portals(pack);
    this.#laws = new Map(pack.limits.laws.map((law) => [law.id, law]));
    this.#limits = new Map(
      pack.limits.limits.map((limit) => [
        limit.id,
        {
          ...{ id: limit.id, rule: limit.rule, step: limit.step, start: limit.start, whose: limit.whose },
          extensions: [...limit.extensions],
          excludes: [...limit.excludes],
          note: limit.note ?? null,
          basis: this.#basis(limit),
        },
      ]),
    );
  }

  /** The version of an item that is in force on a day; where none is, the nearest before it, else the first one. */
  find(id: string, asOf: string): Item | null {
    const versions = this.pack.items.filter((item) => item.id === id);
    return (
      versions.find((item) => holdsAt(item, asOf)) ??
      versions.findLast((item) => item.from <= asOf) ??
      versions[0] ??
      null
    );
  }

  /** A limit of the pack, as it is handed out. */
  limit(id: string): Limit {
    return this.#limits.get(id)!;
  }

  /** Items in force on a day: all of the city, or those of a portal with what differs there, and those that it leaves out. */
  list(
    asOf: string,
    names: CityLookup,
    portal: Portal | null = null,
  ): Omit<EndpointResponse<typeof catalogItems>, 'asOf'> {
    const inForce = this.pack.items.filter((item) => holdsAt(item, asOf));
    const left = new Map(portal?.except.map(({ item, reason }) => [item, reason]));
    return {
      portal: portal && this.portals.show(portal, asOf, names),
      items: inForce
        .filter(({ id }) => !left.has(id))
        .map((item) => this.#summary(item, asOf, names, portal)),
      except: inForce.flatMap(({ id, title }) => {
        const reason = left.get(id);
        return reason ? [{ id, title, reason }] : [];
      }),
    };
  }

  /** Everything about one version of an item, as it is at a portal where one is asked for. Throws `matters_portal_item`. */
  show(
    item: Item,
    asOf: string,
    names: CityLookup,
    lang: Lang,
    portal: Portal | null = null,
  ): Omit<Shown, 'ratings'> {
    this.portals.demand(portal, item);
    const states = new Map(item.states.map((state) => [state.id, state.title]));
    const roles = new Map(item.roles.map((role) => [role.id, role]));
    const documents = new Map(item.documents.map((document) => [document.id, document.title]));
    const clocks = new Map(item.clocks.map((clock) => [clock.id, this.#limits.get(clock.limit)!]));
    const limits = (ids: readonly string[]) => ids.map((id) => clocks.get(id)!);
    return {
      ...this.#summary(item, asOf, names, portal),
      portal: portal && this.portals.show(portal, asOf, names),
      note: item.note ?? null,
      versions: this.pack.items.filter((other) => other.id === item.id).map(({ from, to }) => ({ from, to })),
      basis: this.#bases(item.basis),
      audience: [...item.audience],
      conditions: item.conditions.map(({ text, otherwise, basis }) => ({
        text,
        otherwise: otherwise ?? null,
        basis: this.#bases(basis),
      })),
      materials: item.materials.map((material) => ({
        ...{ id: material.id, title: material.title, form: material.form, copies: material.copies },
        required: material.necessity === 'required',
        byForm: material.byForm,
        at: item.actions.find(({ id }) => id === material.at)?.title ?? null,
        when: material.when ?? null,
        issuer: material.issuer ?? null,
        standard: material.standard,
        ...{ blank: material.blank ?? null, sample: material.sample ?? null, hint: material.hint ?? null },
        basis: this.#bases(material.basis),
      })),
      fee: { ...item.fee, basis: this.#bases(item.fee.basis) },
      results: [...item.results],
      guide: guideOf(item, asOf, names),
      rewards: rulesOf(this.pack, item),
      remedies: item.remedies.map(({ text, basis, kind, body }) => ({
        ...{ text, kind, basis: this.#bases(basis) },
        body: body
          ? {
              name: body.name,
              ...{ address: body.address ?? null, phone: body.phone ?? null, web: body.web ?? null },
            }
          : null,
      })),
      actions: item.actions.map((action) => {
        const { title, side } = roles.get(action.by)!;
        return {
          ...{ id: action.id, title: action.title, by: { title, side } },
          from: action.from.map((id) => states.get(id)!),
          to: action.to === undefined ? null : states.get(action.to)!,
          when: action.when ?? null,
          needs: (action.needs ?? []).map((id) => item.actions.find((one) => one.id === id)!.title),
          after: limits(action.after),
          within: limits(action.meets),
          starts: limits(action.starts),
          pauses: limits(action.pauses),
          resumes: limits(action.resumes),
          extends: limits(action.extends),
          extension: action.extension,
          documents: action.documents.map((id) => documents.get(id)!),
          basis: this.#bases(action.basis),
        };
      }),
      flow: this.#flow(item, lang),
    };
  }

  #flow(item: Item, lang: Lang): Flow {
    const key = `${item.id} ${item.from} ${lang}`;
    const flow = this.#flows.get(key) ?? flowOf(item, this.pack.limits, lang, CHART);
    this.#flows.set(key, flow);
    return flow;
  }

  #summary(item: Item, asOf: string, names: CityLookup, portal: Portal | null): Summary {
    // A version that has ended shows the office by the name that it had then.
    const day = item.to !== null && item.to < asOf ? item.to : asOf;
    const keeper = this.portals.keeper(portal, item, day);
    const { id, title, summary, group, kind, opens, from, to, fee, materials, duration } = item;
    return {
      ...{ id, title, summary, group, kind, opens, from, to },
      keeper: {
        id: keeper.department,
        name: officeName(names, keeper.department, day),
        level: keeper.level,
      },
      duration: duration
        ? { limit: this.#limits.get(duration.limit)!, promised: this.portals.promised(portal, item, day) }
        : null,
      charged: fee.charged,
      materials: materials.length,
      differs: this.portals.differences(portal, item, day, names),
    };
  }

  #bases(list: Item['basis']): Shown['basis'] {
    return list.map((entry) => this.#basis(entry));
  }

  #basis({ law, article, verified }: Item['basis'][number]): Shown['basis'][number] {
    return { law: this.#laws.get(law)!.title, article, verified };
  }
}
