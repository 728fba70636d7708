import { describe, expect, it } from 'vitest';
import { ApiError, errorFrom, issuesAt } from './api-error.ts';

describe('errors of calls', () => {
  it('carry the server’s code, words, issues and number', () => {
    const error = errorFrom(
      400,
      JSON.stringify({
        code: 'validation',
        message: '不符合要求',
        issues: [{ path: '/body/value', code: 'required', message: 'x' }],
        requestId: 'r1',
      }),
      null,
    );
    expect([error.code, error.message, error.status, error.requestId]).toEqual([
      'validation',
      '不符合要求',
      400,
      'r1',
    ]);
    expect(issuesAt(error, '/body/value')).toHaveLength(1);
    expect(issuesAt(error, '/body/val')).toHaveLength(0);
    expect(issuesAt(new Error('x'), '/body/value')).toHaveLength(0);
  });
  it('carry a module’s own faults, and none where the answer has no list of them', () => {
    const faults = (errors: unknown) =>
      errorFrom(400, JSON.stringify({ code: 'patents_query', message: 'x', errors }), null).errors;
    expect(faults([{ offset: 3, length: 1 }])).toEqual([{ offset: 3, length: 1 }]);
    for (const none of [undefined, null, 'x', {}]) expect(faults(none)).toEqual([]);
  });
  it('are recognised when something else answered', () => {
    for (const body of ['', '<html>Bad gateway</html>', '[]', '"x"', '{}'])
      expect(errorFrom(502, body, 'r2').code).toBe('not_api');
  });
  it('are worth repeating only when nobody refused', () => {
    expect(new ApiError('network', '', 0).passing).toBe(true);
    expect(new ApiError('unavailable', '', 503).passing).toBe(true);
    expect(new ApiError('internal', '', 500).passing).toBe(false);
    expect(new ApiError('forbidden', '', 403).passing).toBe(false);
  });
});
