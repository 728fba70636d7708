import type { EndpointResponse } from '#kernel/http/contract';
import { Notice } from '#shell/components/form.tsx';
import { useLang } from '#shell/i18n';
import type { uploadPaper } from '../../contract.ts';
import css from '../matters.module.css';
import { useText } from '../text.ts';

/** What the server said of a file when it arrived. */
export type PaperWarnings = EndpointResponse<typeof uploadPaper>['warnings'];

/** What was said of the files that were sent from this page, by their ids: it is shown as long as the page is open. */
const said = new Map<string, PaperWarnings>();

/** Notes what was said of a file. */
export function noteWarnings(file: string, warnings: PaperWarnings): void {
  said.set(file, warnings);
}

/** What the sender of a file should know of it, and what may be done. Nothing stops them from going on. */
export function PaperNotes({ file }: { file: string }) {
  const t = useText();
  const lang = useLang();
  const warnings = said.get(file) ?? [];
  if (warnings.length === 0) return null;
  return (
    <div className={css.notes}>
      <Notice title={t('paper.warnings')}>
        <ul className={css.conditions}>
          {warnings.map(({ code, text }) => (
            <li key={code}>{text[lang]}</li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
