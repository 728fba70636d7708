import type { EndpointResponse } from '#kernel/http/contract';
import type { getBulletin } from '#modules/plan/contract';
import { formatMoment } from '#shell/format';
import css from './bulletin.module.css';
import { useText } from './text.ts';

/** The last section: notes, and what anybody needs to check that nothing was changed since. */
export function BulletinNotes({
  data,
  last,
}: {
  data: EndpointResponse<typeof getBulletin>;
  last: '4' | '5';
}) {
  const t = useText();
  const { content, info, signature, intact } = data;
  return (
    <section>
      <h2>
        {t('bulletin.section', {
          n: last === '5' ? t('bulletin.n5') : t('bulletin.n4'),
          title: t('bulletin.notes'),
        })}
      </h2>
      <ol className={css.notes}>
        {content.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
        <li>{t('bulletin.editionNote')}</li>
      </ol>
      <div className={css.seal}>
        <h3>{t('bulletin.seal')}</h3>
        <p className={css.verdict} data-intact={intact}>
          {intact ? t('bulletin.intact') : t('bulletin.broken')}
        </p>
        <dl>
          <dt>{t('bulletin.frozen')}</dt>
          <dd>
            {formatMoment(info.frozenAt)} {info.frozenBy}
          </dd>
          <dt>{t('bulletin.hash')}</dt>
          <dd>
            <code>{info.hash}</code>
          </dd>
          <dt>{t('bulletin.signature', { algorithm: signature.algorithm })}</dt>
          <dd>
            <code>{signature.value}</code>
          </dd>
          <dt>{t('bulletin.key')}</dt>
          <dd>
            <code>{signature.keyId}</code>
          </dd>
          <dt>{t('bulletin.publicKey')}</dt>
          <dd>
            <code>{signature.publicKey}</code>
          </dd>
          <dt>{t('bulletin.packHash')}</dt>
          <dd>
            <code>{content.packHash}</code>
          </dd>
          <dt>{t('bulletin.auditHead')}</dt>
          <dd>
            <code>{content.auditHead}</code>
          </dd>
        </dl>
      </div>
    </section>
  );
}
