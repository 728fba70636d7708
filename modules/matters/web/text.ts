import type { EndpointResponse } from '#kernel/http/contract';
import { textHook } from '#shell/i18n';
import type {
  catalogItem,
  catalogItems,
  getMatter,
  getPublication,
  getTemplate,
  itemCourse,
  itemForm,
  listTemplates,
  matterLog,
  matterVersions,
  myMatters,
} from '../contract.ts';
import type { zh } from './locales/zh.ts';

/** Texts of the pages about services. */
export const useText = textHook<typeof zh>('matters');

/** A line of the catalogue. */
export type Summary = EndpointResponse<typeof catalogItems>['items'][number];
/** One item with everything about it. */
export type Item = EndpointResponse<typeof catalogItem>;
/** Where a matter stands after some steps. */
export type Course = EndpointResponse<typeof itemCourse>;
/** What somebody may do in a matter. */
export type Action = Item['actions'][number];
/** Where the law says it. */
export type Basis = Item['basis'][number];
/** A limit by law. */
export type Limit = Action['within'][number];
/** What is asked of whoever applies. */
export type Form = EndpointResponse<typeof itemForm>;
/** A matter as its reader may see it. */
export type Matter = EndpointResponse<typeof getMatter>;
/** What of a matter is prepared for publication or public. */
export type Publication = EndpointResponse<typeof getPublication>;
/** An entry of a matter's log. */
export type LogEntry = EndpointResponse<typeof matterLog>['entries'][number];
/** Another version under which a matter could go on. */
export type MatterVersion = EndpointResponse<typeof matterVersions>['versions'][number];
/** A matter in a list. */
export type Row = EndpointResponse<typeof myMatters>['matters'][number];
/** A document that the platform makes, with the template in force. */
export type TemplateLine = EndpointResponse<typeof listTemplates>['documents'][number];
/** One document with everything about its templates. */
export type Template = EndpointResponse<typeof getTemplate>;
