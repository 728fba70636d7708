import { useState } from 'react';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { Facts } from '#shell/components/facts.tsx';
import { PlainButton } from '#shell/components/fields.tsx';
import { useLang } from '#shell/i18n';
import { unsealMatter } from '../../contract.ts';
import css from '../matters.module.css';
import { type Matter, useText } from '../text.ts';
import { useEntering } from './use-entering.ts';

/** Who somebody is, kept in the vault: an officer opens it for a reason, and it is shown until it is hidden or the page is left, and never printed. */
export function SealedIdentity({ matter, onDone }: { matter: Matter; onDone: (matter: Matter) => void }) {
  const t = useText();
  const enter = useEntering();
  const lang = useLang();
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<Matter['form'] | null>(null);
  return (
    <>
      <p className={`${css.muted} ${css.below}`}>
        {t(matter.abilities.unseal ? 'sealed.office' : 'sealed.party')}
      </p>
      {shown && (
        <div className="no-print">
          <Facts items={shown.map(({ label, text }) => ({ name: label[lang], value: text[lang] }))} />
          <PlainButton onClick={() => setShown(null)}>{t('sealed.hide')}</PlainButton>
        </div>
      )}
      {matter.abilities.unseal && !shown && (
        <p className="no-print">
          <PlainButton onClick={() => setAsking(true)}>{t('sealed.open')}</PlainButton>
        </p>
      )}
      <ConfirmDialog
        open={asking}
        title={t('sealed.open')}
        action={t('sealed.open')}
        reason={{ label: t('sealed.reason'), min: 5 }}
        onConfirm={async (reason) => {
          const answer = await enter(unsealMatter, {
            params: { number: matter.number },
            body: { version: matter.version, reason },
          });
          setShown(answer.answers);
          onDone(answer.matter);
        }}
        onClose={() => setAsking(false)}
      >
        <p>{t('sealed.text')}</p>
      </ConfirmDialog>
    </>
  );
}
