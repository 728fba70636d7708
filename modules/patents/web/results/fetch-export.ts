import { urlOf } from '#kernel/http/contract';
import { errorFrom } from '#shell/api-error';
import { download } from '#shell/csv';
import { prefs } from '#shell/prefs';
import { exportPatentsLong } from '../../contract/export.ts';
import { type exportRequest, nameOf } from './export.ts';

/** Fetches a file whose request is too long for an address, and hands it to the browser. @throws ApiError */
export async function fetchExport(request: ReturnType<typeof exportRequest>): Promise<void> {
  const answer = await fetch(urlOf(exportPatentsLong, {}), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-language': prefs().lang === 'en' ? 'en' : 'zh-CN',
    },
    body: JSON.stringify(request),
    credentials: 'same-origin',
  });
  if (!answer.ok) throw errorFrom(answer.status, await answer.text(), answer.headers.get('x-request-id'));
  download(nameOf(answer.headers.get('content-disposition')), await answer.blob());
}
