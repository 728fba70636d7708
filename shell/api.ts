import { type Endpoint, type EndpointRequest, type EndpointResponse, urlOf } from '#kernel/http/contract';
import { ApiError, errorFrom } from './api-error.ts';
import { reportNetwork } from './network.ts';
import { prefs } from './prefs.ts';
import { askToSignIn } from './sign-in-prompt.ts';

export { ApiError, type ApiIssue, issuesAt } from './api-error.ts';

/** Extras of one call. */
export interface CallOptions {
  signal?: AbortSignal;
  /** For `multipart` endpoints: the parts. */
  form?: FormData;
  /** Told how much of an upload is sent, 0 to 1. */
  onProgress?: (sent: number) => void;
  /**
   * When the session is missing or over: ask to sign in over the page, then try again (the default for everything that
   * needs an account), or fail at once. Background refreshes pass false.
   */
  interactive?: boolean;
}

/**
 * Calls an endpoint of a contract. Throws {@link ApiError}, or the signal's reason when it was aborted. An expired session
 * opens the sign-in dialog over the page; the call goes on after it, and nothing typed is lost.
 */
export async function call<E extends Endpoint>(
  endpoint: E,
  request: EndpointRequest<E> & CallOptions,
): Promise<EndpointResponse<E>> {
  const interactive = request.interactive ?? endpoint.access !== 'public';
  for (;;) {
    try {
      return (await send(endpoint, request)) as EndpointResponse<E>;
    } catch (error) {
      const signedOut = error instanceof ApiError && error.status === 401;
      if (!signedOut || !interactive || !(await askToSignIn())) throw error;
    }
  }
}

/** Address of a `file` endpoint, for links and downloads. */
export function fileUrl<E extends Endpoint>(
  endpoint: E,
  request: Pick<EndpointRequest<E>, 'params' | 'query'>,
): string {
  return urlOf(endpoint, request);
}

/** Reads the bytes of an endpoint that hands out a file, where a link cannot carry what the call needs. */
export async function callFile<E extends Endpoint>(endpoint: E, request: EndpointRequest<E>): Promise<Blob> {
  const { headers, body } = request as { headers?: object; body?: unknown };
  const url = urlOf(endpoint, request as object);
  const answer = await fetched(
    endpoint.method,
    url,
    { ...usualHeaders(headers), ...(body !== undefined && { 'content-type': 'application/json' }) },
    body === undefined ? undefined : JSON.stringify(body),
    undefined,
    (response) => response.blob(),
  );
  reportNetwork(isAnswer(answer.status));
  if (answer.status >= 400) throw errorFrom(answer.status, await answer.body.text(), answer.requestId);
  return answer.body;
}

/** Headers of every call. */
const usualHeaders = (own: object | undefined): Record<string, string> => ({
  accept: 'application/json',
  'accept-language': prefs().lang === 'en' ? 'en' : 'zh-CN',
  ...own,
});

/** A proxy that answers for a server that is down is no answer. */
const isAnswer = (status: number) => ![502, 503, 504].includes(status);

async function send(
  endpoint: Endpoint,
  request: CallOptions & { body?: unknown; headers?: object | undefined },
): Promise<unknown> {
  const url = urlOf(endpoint, request as { params?: unknown; query?: unknown });
  const headers = usualHeaders(request.headers);
  let body: BodyInit | undefined = request.form;
  if (request.body !== undefined) {
    headers['content-type'] = 'application/json';
    body = JSON.stringify(request.body);
  }
  const answer = request.onProgress
    ? await upload(endpoint.method, url, headers, body, request)
    : await fetched(endpoint.method, url, headers, body, request.signal, (response) => response.text());
  reportNetwork(isAnswer(answer.status));
  if (answer.status >= 400) throw errorFrom(answer.status, answer.body, answer.requestId);
  if (answer.body === '') return undefined;
  try {
    return JSON.parse(answer.body);
  } catch {
    throw new ApiError('not_api', '', answer.status, [], answer.requestId);
  }
}

interface Answer<T = string> {
  status: number;
  body: T;
  requestId: string | null;
}

async function fetched<T>(
  method: string,
  url: string,
  headers: Record<string, string>,
  body: BodyInit | undefined,
  signal: AbortSignal | undefined,
  read: (response: Response) => Promise<T>,
): Promise<Answer<T>> {
  try {
    const response = await fetch(url, { method, headers, body, signal, credentials: 'same-origin' });
    return {
      status: response.status,
      body: await read(response),
      requestId: response.headers.get('x-request-id'),
    };
  } catch (error) {
    if (signal?.aborted) throw error;
    reportNetwork(false);
    throw new ApiError('network', '', 0);
  }
}

/** `fetch` does not tell how much was sent; XMLHttpRequest does. */
function upload(
  method: string,
  url: string,
  headers: Record<string, string>,
  body: BodyInit | undefined,
  { signal, onProgress }: CallOptions,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(method, url);
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    };
    xhr.onload = () =>
      resolve({
        status: xhr.status,
        body: xhr.responseText,
        requestId: xhr.getResponseHeader('x-request-id'),
      });
    xhr.onerror = () => {
      reportNetwork(false);
      reject(new ApiError('network', '', 0));
    };
    xhr.onabort = () => reject(signal?.reason ?? new DOMException('aborted', 'AbortError'));
    signal?.addEventListener('abort', () => xhr.abort(), { once: true });
    xhr.send(body as XMLHttpRequestBodyInit);
  });
}
