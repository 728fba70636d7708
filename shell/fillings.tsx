import { type ComponentType, type Context, lazy, type ReactNode, Suspense } from 'react';
import { PlainButton } from './components/fields.tsx';
import { enterModule, useShellText } from './i18n.ts';

/** Stands around all pages and puts something of one module into the places that another module's pages leave open. */
export type Filling = ComponentType<{ children: ReactNode }>;

/** Joins a context of places with what fills them; neither module knows the other. The value must not change. */
export function filled<T>(places: Context<T>, value: T): Filling {
  const Places = places;
  return ({ children }) => <Places value={value}>{children}</Places>;
}

/** The fillings one around the other, and the pages within. */
export function Filled({ by, children }: { by: readonly Filling[]; children: ReactNode }) {
  const [Around, ...others] = by;
  if (!Around) return children;
  return (
    <Around>
      <Filled by={others}>{children}</Filled>
    </Around>
  );
}

/**
 * A part of a module that stands on another module's page: its code and the module's texts are fetched when it is first
 * shown. Where they cannot be had it says so in its own place; the page around it goes on.
 */
export function lazyPart<P extends object>(
  module: string,
  load: () => Promise<ComponentType<P>>,
): ComponentType<P> {
  const Part = lazy(async (): Promise<{ default: ComponentType<object> }> => {
    try {
      const [part] = await Promise.all([load(), enterModule(module)]);
      return { default: part as ComponentType<object> };
    } catch {
      return { default: NotLoaded };
    }
  });
  return (props) => (
    <Suspense fallback={null}>
      <Part {...props} />
    </Suspense>
  );
}

function NotLoaded() {
  const t = useShellText();
  return (
    <span role="status">
      {t('part.missing')}
      <PlainButton onClick={() => location.reload()}>{t('part.reload')}</PlainButton>
    </span>
  );
}
