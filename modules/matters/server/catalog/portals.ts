import { ruleText } from '#kernel/calendar/rule-text';
import type { CityLookup } from '#kernel/city/lookup';
import { type CityPack, holdsAt, PORTAL_DIFFERENCES } from '#kernel/city/schema';
import type { EndpointResponse } from '#kernel/http/contract';
import type { Text } from '#kernel/text';
import type { catalogItem, itemForm, listPortals } from '../../contract.ts';
import { matterError } from '../matters/errors.ts';

type Item = CityPack['items'][number];
type Portal = CityPack['portals'][number];
type Override = Portal['overrides'][number];
type What = (typeof PORTAL_DIFFERENCES)[number];
type Shown = NonNullable<EndpointResponse<typeof catalogItem>['portal']>;
type Difference = EndpointResponse<typeof catalogItem>['differs'][number];
type Routing = EndpointResponse<typeof itemForm>['routing'];

/** An office that may have a matter of an item, and where the pack says so. */
export interface Competent {
  department: string;
  /** It keeps the item in the whole city, at some portal, or only stands behind a portal that has the item. */
  why: 'item' | 'portal' | 'office';
  /** `portal`: where that stands. */
  source: string | null;
  verified: boolean;
}

/** The sub-portals of a pack: what each has of the city's items, and which body keeps them there. */
export class Portals {
  readonly #sources: Map<string, string>;

  constructor(private readonly pack: CityPack) {
    this.#sources = new Map(pack.city.sources.map(({ id, title }) => [id, title]));
  }

  /** The portal of an id; null for none asked for. Throws `matters_portal`. */
  find(id: string | undefined | null): Portal | null {
    if (id === undefined || id === null) return null;
    const portal = this.pack.portals.find((one) => one.id === id);
    if (!portal) throw matterError('matters_portal', { id: id.slice(0, 60) });
    return portal;
  }

  /** Id and title; the id where the pack has it no more, since matters keep theirs. */
  named(id: string | null): { id: string; title: Text } | null {
    if (id === null) return null;
    return { id, title: this.pack.portals.find((one) => one.id === id)?.title ?? { zh: id, en: id } };
  }

  /** A portal as it is handed out. */
  show(portal: Portal, asOf: string, names: CityLookup): Shown {
    const region = names.regionAt(portal.region, asOf)?.at.name;
    return {
      ...{ id: portal.id, title: portal.title, note: portal.note ?? null },
      region: region ? { zh: region.zh, en: region.en } : { zh: portal.region, en: portal.region },
      office: officeName(names, portal.office, asOf),
    };
  }

  /** All portals, with how many of the items in force each has, and in how many of them something differs. */
  list(asOf: string, names: CityLookup): EndpointResponse<typeof listPortals> {
    const inForce = this.pack.items.filter((item) => holdsAt(item, asOf));
    return {
      portals: this.pack.portals.map((portal) => {
        const here = inForce.filter(({ id }) => refusal(portal, id) === null);
        const differ = here.filter(({ id }) => this.#overrides(portal, id, asOf).length > 0);
        return {
          ...this.show(portal, asOf, names),
          ...{ items: here.length, differ: differ.length, except: inForce.length - here.length },
        };
      }),
    };
  }

  /** Throws `matters_portal_item` where a portal leaves an item out, with its reason. */
  demand(portal: Portal | null, item: Item): void {
    const reason = portal && refusal(portal, item.id);
    if (!portal || reason === null) return;
    throw matterError('matters_portal_item', {
      ...{ title: item.title.zh, title_en: item.title.en },
      ...{ portal: portal.title.zh, portal_en: portal.title.en },
      ...{ reason: reason.zh, reason_en: reason.en },
    });
  }

  /** Is an item to be had there? */
  has(portal: Portal | null, { id }: Item): boolean {
    return portal === null || refusal(portal, id) === null;
  }

  /** The office that keeps an item there on a day. */
  keeper(portal: Portal | null, item: Item, asOf: string): Item['keeper'] {
    return this.#override(portal, item.id, 'keeper', asOf)?.keeper ?? item.keeper;
  }

  /** The time that is promised there; null where none is. */
  promised(portal: Portal | null, item: Item, asOf: string): string | null {
    const here = this.#override(portal, item.id, 'promised', asOf)?.promised;
    return here ?? item.duration?.promised ?? null;
  }

  /** Which body will have a matter that is opened there on a day, and why. */
  routing(portal: Portal | null, item: Item, asOf: string, names: CityLookup): Routing {
    const override = this.#override(portal, item.id, 'keeper', asOf);
    const { department, level } = override?.keeper ?? item.keeper;
    return {
      office: { id: department, name: officeName(names, department, asOf), level },
      why: override ? 'portal' : portal ? 'city' : 'item',
      source: override ? this.#source(override) : null,
    };
  }

  /** In what an item differs there from the city on a day, each beside the city's value. */
  differences(portal: Portal | null, item: Item, asOf: string, names: CityLookup): Difference[] {
    return PORTAL_DIFFERENCES.flatMap((what): Difference[] => {
      const override = this.#override(portal, item.id, what, asOf);
      if (!override) return [];
      const { title, ...source } = this.#source(override);
      return [{ what, ...this.#both(what, override, item, asOf, names), source: title, ...source }];
    });
  }

  /** The value of a portal, and that of the city. */
  #both(
    what: What,
    override: Override,
    { keeper, duration }: Item,
    asOf: string,
    names: CityLookup,
  ): Pick<Difference, 'here' | 'city'> {
    if (what === 'keeper')
      return {
        here: officeName(names, override.keeper!.department, asOf),
        city: officeName(names, keeper.department, asOf),
      };
    if (what !== 'promised') return { here: override[what]!, city: null };
    const here = words(override.promised!);
    if (duration?.promised !== undefined) return { here, city: words(duration.promised) };
    const law = this.pack.limits.limits.find(({ id }) => id === duration?.limit)?.rule;
    const { zh, en } = words(law ?? '');
    return {
      here,
      city: { zh: `${zh}（法定，市级没有另作承诺）`, en: `${en} (by law; the city promises no other)` },
    };
  }

  /**
   * Offices that may have a matter of an item: the item's own, those that keep it at some portal, and those behind the portals that
   * have the item, of which nobody verified that they do.
   */
  competent(item: Item, asOf: string): Competent[] {
    const found = new Map<string, Competent>();
    const add = (one: Competent) => {
      if (!found.has(one.department)) found.set(one.department, one);
    };
    const verified = item.basis.some((basis) => basis.verified);
    add({ department: item.keeper.department, why: 'item', source: null, verified });
    for (const portal of this.pack.portals) {
      const override = this.#override(portal, item.id, 'keeper', asOf);
      if (refusal(portal, item.id) !== null || !override?.keeper) continue;
      const { title, article } = this.#source(override);
      add({
        ...{ department: override.keeper.department, why: 'portal' },
        source: `${title}${article ?? ''}`,
        verified: override.verified,
      });
    }
    for (const portal of this.pack.portals)
      if (refusal(portal, item.id) === null)
        add({ department: portal.office, why: 'office', source: null, verified: false });
    return [...found.values()];
  }

  #overrides(portal: Portal, item: string, asOf: string): Override[] {
    return portal.overrides.filter((one) => one.item === item && holdsAt(one, asOf));
  }

  /** What is said of one thing; a checked pack says it once for a day. */
  #override(portal: Portal | null, item: string, what: What, asOf: string): Override | null {
    if (!portal) return null;
    return this.#overrides(portal, item, asOf).find((one) => one[what] !== undefined) ?? null;
  }

  #source({ source, article, verified }: Override) {
    return { title: this.#sources.get(source) ?? source, article: article ?? null, verified };
  }
}

/** Why a portal leaves an item out; null where it has it. */
function refusal(portal: Portal, item: string): Text | null {
  return portal.except.find((one) => one.item === item)?.reason ?? null;
}

/** The name of an office on a day, by its id where it has none. */
export function officeName(names: CityLookup, department: string, asOf: string): Text {
  const name = names.departmentName(department, asOf);
  return name ? { zh: name.zh, en: name.en } : { zh: department, en: department };
}

function words(rule: string): Text {
  const { zh, en } = ruleText(rule);
  return { zh, en };
}
