import type { Command } from './command.ts';

/** `zc audit verify`: recomputes the whole chain. */
export const audit: Command = {
  name: 'audit',
  usage: ['audit verify'],
  about: { zh: '校验审计日志的哈希链', en: 'Verify the hash chain of the audit log' },
  verbs: { verify: 0 },
  async run(context) {
    const [{ verifyAudit }, { withPlatform }] = await Promise.all([
      import('#kernel/audit/audit'),
      import('./platform.ts'),
    ]);
    const verdict = await withPlatform(({ composed }) => verifyAudit(composed.platform.records));
    context.result(
      verdict,
      verdict.ok
        ? {
            zh: `审计日志完好：${verdict.rows} 条，末条校验值 ${verdict.head}`,
            en: `The audit log is intact: ${verdict.rows} entries, head ${verdict.head}`,
          }
        : {
            zh: `审计日志在第 ${verdict.brokenAt} 条被改动，此前 ${verdict.rows} 条完好`,
            en: `The audit log was tampered with at entry ${verdict.brokenAt}; the ${verdict.rows} before it are intact`,
          },
    );
    return verdict.ok ? 0 : 1;
  },
};
