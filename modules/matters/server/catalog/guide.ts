import type { CityLookup } from '#kernel/city/lookup';
import type { CityPack } from '#kernel/city/schema';
import type { Guide } from '../../contract.ts';
import { officeName } from './portals.ts';

type Item = CityPack['items'][number];
type Reached = NonNullable<Item['contact']>['ask'];

const reached = ({ phone, web, address }: Reached) => ({
  ...{ phone: phone ?? null, web: web ?? null, address: address ?? null },
});

/** What of the implementation list an item says, as it is handed out; departments by the names of a day. */
export function guideOf(item: Item, day: string, names: CityLookup): Guide {
  const { codes = {}, conduct, places = [], contact, joint = [], entrustedBy, guidedBy } = item;
  return {
    codes: (['basic', 'localBasic', 'implementing', 'localImplementing', 'business'] as const).flatMap(
      (what) => {
        const code = codes[what];
        return code === undefined ? [] : [{ what, code }];
      },
    ),
    conduct: conduct
      ? {
          ...conduct,
          channels: [...conduct.channels],
          visitReason: conduct.visitReason ?? null,
          depth: conduct.depth ?? null,
          quota: conduct.quota ?? null,
          intermediary: conduct.intermediary ?? null,
          special: conduct.special ?? null,
        }
      : null,
    places: places.map(({ transport, phone, ...place }) => ({
      ...place,
      transport: transport ?? null,
      phone: phone ?? null,
    })),
    contact: contact ? { ask: reached(contact.ask), complain: reached(contact.complain) } : null,
    joint: joint.map((id) => officeName(names, id, day)),
    entrustedBy: entrustedBy === undefined ? null : officeName(names, entrustedBy, day),
    guidedBy: guidedBy ?? null,
    ...{
      themes: [...(item.themes ?? [])],
      rights: [...(item.rights ?? [])],
      duties: [...(item.duties ?? [])],
    },
  };
}
