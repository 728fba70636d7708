/** One thing wrong with one place of what was sent. `path` is a JSON pointer such as `/body/value`. */
export interface ApiIssue {
  path: string;
  code: string;
  message: string;
  params?: Record<string, unknown>;
}

/** Why a call failed, in words for the person who made it. */
export class ApiError extends Error {
  constructor(
    /** The server's error code; `network` when no answer came, `not_api` when something else answered. */
    readonly code: string,
    /** In the language of the interface; empty for `network` and `not_api`, which the page words itself. */
    message: string,
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    readonly issues: readonly ApiIssue[] = [],
    /** Number under which the server logged it. */
    readonly requestId: string | null = null,
    readonly params: Readonly<Record<string, unknown>> = {},
    /** Faults in a module's own shape, such as places in a query; its pages know how to read them. */
    readonly errors: readonly unknown[] = [],
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** Worth trying again without a change: no answer, or a store that is recovering. */
  get passing(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

/** Reads an error answer; an answer that is not ours (a proxy's page, an empty body) becomes `not_api`. */
export function errorFrom(status: number, body: string, requestId: string | null): ApiError {
  try {
    const b = JSON.parse(body) as Partial<Record<'code' | 'message' | 'requestId', string>> & {
      issues?: ApiIssue[];
      params?: Record<string, unknown>;
      errors?: unknown[];
    };
    if (typeof b.code === 'string' || typeof b.message === 'string')
      return new ApiError(
        b.code ?? 'not_api',
        b.message ?? '',
        status,
        b.issues ?? [],
        b.requestId ?? requestId,
        b.params ?? {},
        Array.isArray(b.errors) ? b.errors : [],
      );
  } catch {
    // Falls through: not JSON.
  }
  return new ApiError('not_api', '', status, [], requestId);
}

/** Issues of one field of the body, for showing beside it: `issuesAt(error, '/body/value')`. */
export function issuesAt(error: unknown, path: string): ApiIssue[] {
  if (!(error instanceof ApiError)) return [];
  return error.issues.filter((i) => i.path === path || i.path.startsWith(`${path}/`));
}
