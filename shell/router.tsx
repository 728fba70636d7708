import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  type RouteComponent,
} from '@tanstack/react-router';
import { PageWait } from './components/skeleton.tsx';
import { PageFailure } from './frame/failure.tsx';
import { Frame } from './frame/frame.tsx';
import { Guard } from './frame/guard.tsx';
import { NotFound } from './frame/not-found.tsx';
import { enterModule } from './i18n.ts';
import { lazyPage, type WebModule, type WebRoute } from './module.ts';
import { queries } from './query.ts';
import { formatSearch, parseSearch, readSearch } from './url.ts';

/** Pages of the frame itself. */
const own: readonly WebRoute[] = [
  { path: '/sign-in', page: lazyPage(() => import('./frame/sign-in-page.tsx'), 'SignInPage') },
];

/** Builds the router from the modules' pages and the frame's own. */
export function buildRouter(modules: readonly WebModule[]) {
  const root = createRootRoute({
    component: Outlet,
    notFoundComponent: () => (
      <Frame>
        <NotFound />
      </Frame>
    ),
  });
  const framed = createRoute({
    getParentRoute: () => root,
    id: 'framed',
    component: () => (
      <Frame>
        <Outlet />
      </Frame>
    ),
  });
  const bare = createRoute({ getParentRoute: () => root, id: 'bare', component: Outlet });

  const pages = [
    ...own.map((page) => ({ module: 'shell', page })),
    ...modules.flatMap((m) => m.routes.map((page) => ({ module: m.name, page }))),
  ];
  const inFrame = pages.filter(({ page }) => page.frame !== 'bare');
  const onItsOwn = pages.filter(({ page }) => page.frame === 'bare');
  return createRouter({
    routeTree: root.addChildren([
      framed.addChildren(inFrame.map(({ module, page }) => pageRoute(framed, module, page))),
      bare.addChildren(onItsOwn.map(({ module, page }) => pageRoute(bare, module, page))),
    ]),
    parseSearch,
    stringifySearch: formatSearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultErrorComponent: PageFailure,
    defaultPendingComponent: PageWait,
    defaultPendingMs: 300,
    defaultPendingMinMs: 0,
  });
}

function pageRoute(parent: AnyRoute, module: string, page: WebRoute): AnyRoute {
  const { search } = page;
  return createRoute({
    getParentRoute: () => parent,
    path: page.path,
    validateSearch: (raw: Record<string, unknown>) =>
      search ? (readSearch(search, raw) as Record<string, unknown>) : raw,
    // Code, texts and figures of a page travel at the same time.
    loader: async ({ params, location }) => {
      page.preload?.({ params: params as Record<string, string>, search: location.search, queries });
      await enterModule(module);
    },
    component: page.permission ? guarded(page.page, page.permission) : page.page,
  });
}

function guarded(Page: RouteComponent, permission: string): RouteComponent {
  const Guarded: RouteComponent = () => (
    <Guard permission={permission}>
      <Page />
    </Guard>
  );
  // The router loads a lazy page ahead through this function.
  Guarded.preload = Page.preload;
  return Guarded;
}
