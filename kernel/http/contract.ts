import type * as z from 'zod';

/**
 * Who may call an endpoint: `public` (no account), `signed-in` (any account), or the id of a permission that a module
 * declares. Rules about one object (this department, that county) are checked again in the use case.
 */
export type Access = 'public' | 'signed-in' | (string & {});

/** One endpoint: the single source for the route, its validation, OpenAPI and the web client's types. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Fastify notation, e.g. `/api/plan/indicators/:no`. */
  readonly path: string;
  /** What it does, in English, for OpenAPI. */
  readonly summary: string;
  readonly access: Access;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  /** Headers that belong to the call, by their names in small letters: what must not stand in an address. */
  readonly headers?: z.ZodObject;
  /** JSON body; absent for `multipart` and for bodiless calls. */
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
  /** The body is a form with files; the handler reads its parts itself. */
  readonly multipart?: true;
  /** Media type of a download: the handler sends the bytes itself, and `response` is not applied. */
  readonly produces?: string;
}

/** Declares an endpoint and keeps its exact types. */
export function endpoint<const E extends Endpoint>(spec: E): E {
  return spec;
}

type Out<T, Empty> = T extends z.ZodType ? z.output<T> : Empty;
type In<T, Empty> = T extends z.ZodType ? z.input<T> : Empty;

/** What a handler receives after validation. */
export interface EndpointInput<E extends Endpoint> {
  params: Out<E['params'], Record<string, never>>;
  query: Out<E['query'], Record<string, never>>;
  body: Out<E['body'], undefined>;
  headers: Out<E['headers'], Record<string, never>>;
}

/** What a caller sends. */
export type EndpointRequest<E extends Endpoint> = (E['params'] extends z.ZodType
  ? { params: In<E['params'], never> }
  : { params?: undefined }) &
  (E['query'] extends z.ZodType ? { query?: In<E['query'], never> } : { query?: undefined }) &
  (E['body'] extends z.ZodType ? { body: In<E['body'], never> } : { body?: undefined }) &
  (E['headers'] extends z.ZodType ? { headers?: In<E['headers'], never> } : { headers?: undefined });

/** What a caller gets back. */
export type EndpointResponse<E extends Endpoint> = z.output<E['response']>;

/** Builds the address of a call: fills `:name` places and appends the query. Throws when a place has no value. */
export function urlOf(
  spec: Pick<Endpoint, 'path'>,
  input: { params?: unknown; query?: unknown } = {},
): string {
  const params = (input.params ?? {}) as Record<string, unknown>;
  const path = spec.path.replace(/:(\w+)/g, (_, name: string) => {
    if (params[name] === undefined) throw new Error(`${spec.path}: no value for ${name}`);
    return encodeURIComponent(String(params[name]));
  });
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
    if (value === undefined || value === null || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(key, String(one));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}
