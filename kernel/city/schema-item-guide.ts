import * as z from 'zod';
import { Bilingual, Id, Text } from './schema-basics.ts';

/** Numbers under which the item stands in the national and local catalogues (事项编码), as printed. */
export const ItemCodes = z.strictObject({
  /** 基本编码, and that of the place. */
  basic: Text.optional(),
  localBasic: Text.optional(),
  /** 实施编码, and that of the place. */
  implementing: Text.optional(),
  localImplementing: Text.optional(),
  /** 业务办理项编码 */
  business: Text.optional(),
});
export type ItemCodes = z.infer<typeof ItemCodes>;

/** How it is applied for: at a window, on the web, by post, at a machine. */
export const ITEM_CHANNELS = ['window', 'online', 'post', 'machine'] as const;
/** For whom in which region it is done (通办范围). */
export const ITEM_SCOPES = ['nation', 'province', 'city', 'county', 'none'] as const;

/** How it is conducted, in the terms of the implementation list (实施清单). */
export const ItemConduct = z.strictObject({
  /** 办件类型: decided at once (即办件), or within a promised time (承诺件). */
  type: z.enum(['immediate', 'promised']),
  /** 办理形式 */
  channels: z.array(z.enum(ITEM_CHANNELS)).min(1),
  /** 到办事现场次数 */
  visits: z.int().min(0).max(9),
  /** Why one must come; only where one must (必须现场办理原因). */
  visitReason: Bilingual.optional(),
  scope: z.enum(ITEM_SCOPES).default('none'),
  /** 网上办理深度, Ⅰ to Ⅳ; Ⅳ is the whole way on the web. */
  depth: z.int().min(1).max(4).optional(),
  /** Can a time be agreed on? */
  appointment: z.boolean().default(false),
  /** Do papers go in, and results out, by post or courier (物流快递)? */
  postIn: z.boolean().default(false),
  postOut: z.boolean().default(false),
  /** Can a fee be paid on the web? */
  payment: z.boolean().default(false),
  /** How many are granted, where that is limited (数量限制). */
  quota: Bilingual.optional(),
  /** Services of others that are needed for it (中介服务). */
  intermediary: Bilingual.optional(),
  /** 特别程序, such as hearings, with their time. */
  special: Bilingual.optional(),
});
export type ItemConduct = z.infer<typeof ItemConduct>;

/** Where to come, and when. */
export const ItemPlace = z.strictObject({
  title: Bilingual,
  address: Bilingual,
  hours: Bilingual,
  transport: Bilingual.optional(),
  phone: Text.optional(),
});
export type ItemPlace = z.infer<typeof ItemPlace>;

/** Whom to ask, and to whom to complain: telephone, web address, postal address. */
export const ItemContact = z.strictObject({
  ask: z.strictObject({ phone: Text.optional(), web: Text.optional(), address: Bilingual.optional() }),
  complain: z.strictObject({ phone: Text.optional(), web: Text.optional(), address: Bilingual.optional() }),
});
export type ItemContact = z.infer<typeof ItemContact>;

/** What of the implementation list (实施清单) is for the office to say; each may be left out while it has not. */
export const itemGuide = {
  codes: ItemCodes.optional(),
  conduct: ItemConduct.optional(),
  places: z.array(ItemPlace).min(1).optional(),
  contact: ItemContact.optional(),
  /** Departments that act with the keeper (联办机构), and the one that entrusted it (委托部门). */
  joint: z.array(Id).min(1).optional(),
  entrustedBy: Id.optional(),
  /** The national body that guides it (中央业务指导部门). */
  guidedBy: Bilingual.optional(),
  /** Themes under which portals list it (主题分类). */
  themes: z.array(Bilingual).min(1).optional(),
  /** What applicants may do, and must (依法权利、义务). */
  rights: z.array(Bilingual).min(1).optional(),
  duties: z.array(Bilingual).min(1).optional(),
};
