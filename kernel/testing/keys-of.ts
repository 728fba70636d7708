import type * as z from 'zod';

/** All keys that a value of a schema may have anywhere, for pages that must explain each of them. */
export function keysOf(schema: z.core.$ZodType, into = new Set<string>()): Set<string> {
  const def = schema._zod.def as {
    innerType?: z.core.$ZodType;
    element?: z.core.$ZodType;
    valueType?: z.core.$ZodType;
    options?: z.core.$ZodType[];
    shape?: Record<string, z.core.$ZodType>;
  };
  for (const inner of [def.innerType, def.element, def.valueType, ...(def.options ?? [])])
    if (inner) keysOf(inner, into);
  for (const [key, inner] of Object.entries(def.shape ?? {})) keysOf(inner, into.add(key));
  return into;
}
