import { ApiError } from '#shell/api-error';

/** A refusal for a dialog: its issues name places of the call, which the dialog words itself; their messages are what helps. */
export function inWords(error: unknown): unknown {
  if (!(error instanceof ApiError) || error.issues.length === 0) return error;
  const { code, issues, status, requestId } = error;
  return new ApiError(code, issues.map((i) => i.message).join(' '), status, issues, requestId);
}
