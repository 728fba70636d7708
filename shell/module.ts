import type { QueryClient } from '@tanstack/react-query';
import { lazyRouteComponent, type RouteComponent } from '@tanstack/react-router';
import type * as z from 'zod';
import type { Lang, Text } from '#kernel/text';

/** Texts of one module in one language: flat keys, `{{name}}` for what is filled in. */
export type Messages = Readonly<Record<string, string>>;

/**
 * The English side of a Chinese list of texts: every key must be there. A key may have a singular beside it
 * (`reports` and `reports_one`), used when `count` is 1.
 */
export type Translation<Zh extends Messages> = { readonly [K in keyof Zh & string]: string } & {
  readonly [K in `${keyof Zh & string}_one`]?: string;
};

/** What a page's `preload` gets: the address and the place where answers are kept. */
export interface PreloadContext {
  params: Readonly<Record<string, string>>;
  search: unknown;
  queries: QueryClient;
}

/** One page and its address. */
export interface WebRoute {
  /** Address in the router's notation, e.g. `/indicators/$no`. */
  path: string;
  /** The page, split off into its own file: `lazyPage(() => import('./board.tsx'), 'BoardPage')`. */
  page: RouteComponent;
  /** Shape of the part after `?`. Every field needs `.optional()` or `.default()`, and `.catch()`, so that a bad address still opens. */
  search?: z.ZodType;
  /** Starts the page's requests while its code is still being loaded; not waited for. */
  preload?(context: PreloadContext): void;
  /** Permission without which the page only asks to sign in or says who may see it; `signed-in` for any account. */
  permission?: string;
  /** `bare` leaves header and navigation out: wall screens, print sheets. */
  frame?: 'bare';
}

/** One line of the navigation. */
export interface NavEntry {
  path: string;
  label: Text;
  /** Heading it stands under: what everybody sees, one's own work, or administration. */
  group: 'public' | 'work' | 'admin';
  /** Place within the group, smallest first; leave gaps of ten. */
  order: number;
  /** Shown only to accounts that hold it; `signed-in` for any account; absent: to everybody. */
  permission?: string;
}

/** A small thing in the page header, e.g. a bell. */
export interface HeaderItem {
  order: number;
  permission?: string;
  item: RouteComponent;
}

/** What a module adds to the web. Listed once in `shell/modules.ts`. */
export interface WebModule {
  /** The module's folder name; also the namespace of its texts. */
  name: string;
  routes: readonly WebRoute[];
  navigation: readonly NavEntry[];
  header?: readonly HeaderItem[];
  /** Texts, loaded when one of the module's pages is opened. */
  locales: Readonly<Record<Lang, () => Promise<Messages>>>;
}

/** A page in its own file, loaded when its address is opened or pointed at. */
export const lazyPage = lazyRouteComponent;
