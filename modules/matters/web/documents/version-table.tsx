import { Button } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { formatMoment, sizeText } from '#shell/format';
import { putTemplateInForce } from '../../contract.ts';
import { Heads } from '../heads.tsx';
import css from '../matters.module.css';
import { type Template, useText } from '../text.ts';
import { useCalled } from './called.ts';
import { VersionLinks } from './version-links.tsx';

/** All versions, the platform's own form last; any but the one in force can be put in force. */
export function VersionTable({
  template,
  added,
  onDone,
  onAgain,
}: {
  template: Template;
  /** The version that was uploaded just now. */
  added: number | null;
  onDone: (template: Template) => void;
  /** Looks again, after somebody else was first. */
  onAgain: () => void;
}) {
  const t = useText();
  const called = useCalled();
  const [asking, setAsking] = useState<number | null>(null);
  const rows = [...template.versions, null];
  return (
    <>
      <ScrollBox label={t('template.versions')}>
        <table className={css.steps}>
          <Heads columns={['template.form', 'template.uploaded', 'template.usedTags', 'template.do']} />
          <tbody>
            {rows.map((row) => {
              const version = row?.version ?? 0;
              return (
                <tr key={version} data-new={version === added}>
                  <th scope="row">
                    {called(version)}
                    {version === template.version && (
                      <span className={css.inForce}>{t('template.current')}</span>
                    )}
                    {version !== template.version && version === added && (
                      <span className={css.inForce}>{t('template.new')}</span>
                    )}
                  </th>
                  <td data-label={t('template.uploaded')}>
                    {row ? (
                      <>
                        {t('template.byAt', { by: row.by, at: formatMoment(row.at) })}
                        <span className={css.purpose}>
                          {t('paper.hash', { size: sizeText(row.size), hash: row.sha256.slice(0, 16) })}
                        </span>
                      </>
                    ) : (
                      t('template.builtIn')
                    )}
                  </td>
                  <td data-label={t('template.usedTags')}>
                    {row ? row.tags.join(t('comma')) : t('template.common')}
                  </td>
                  <td data-label={t('template.do')}>
                    <span className={css.actions}>
                      <VersionLinks template={template} version={version} />
                      {version !== template.version && (
                        <Button size="small" onClick={() => setAsking(version)}>
                          {t('template.putNamed', { version: called(version) })}
                        </Button>
                      )}
                    </span>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollBox>
      <ConfirmDialog
        open={asking !== null}
        title={t('template.putTitle', { version: called(asking ?? 0) })}
        action={t('template.put')}
        reason={{ label: t('template.putNote'), min: 2 }}
        onConfirm={async (note) => {
          try {
            onDone(
              await call(putTemplateInForce, {
                params: { item: template.item.id, document: template.document.id },
                body: { seq: template.use?.seq ?? 0, version: asking!, note },
              }),
            );
          } catch (error) {
            onAgain();
            throw error;
          }
        }}
        onClose={() => setAsking(null)}
      >
        <p>{t('template.putText', { now: called(template.version) })}</p>
      </ConfirmDialog>
    </>
  );
}

/** Which version was put in force when, by whom and why. */
export function UseTable({ template }: { template: Template }) {
  const t = useText();
  const called = useCalled();
  return (
    <ScrollBox label={t('template.uses')}>
      <table className={css.steps}>
        <Heads columns={['template.when', 'template.form', 'template.who', 'template.note']} />
        <tbody>
          {template.uses.map((use) => (
            <tr key={use.seq}>
              <td className={css.day} data-label={t('template.when')}>
                {formatMoment(use.at)}
              </td>
              <th scope="row">{called(use.version)}</th>
              <td data-label={t('template.who')}>{use.by}</td>
              <td data-label={t('template.note')}>{use.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
