import { Input } from 'antd';
import { useState } from 'react';
import { FormField } from '#shell/components/form.tsx';
import { useText } from '../text.ts';

/** Fewest characters of a reason and of a ground, as the server asks for them. */
const LEAST = { reason: 5, basis: 2 } as const;

/** Why something is decided and on what ground, as it is typed; `ready` once both are long enough. */
export function useReason() {
  const [reason, setReason] = useState('');
  const [basis, setBasis] = useState('');
  const said = { reason: reason.trim(), basis: basis.trim() };
  const ready = said.reason.length >= LEAST.reason && said.basis.length >= LEAST.basis;
  return { typed: { reason, basis }, said, ready, setReason, setBasis };
}

/** Reason and ground of a decision: both stand in the log, and the applicant can read the reason. */
export function ReasonFields({
  id,
  of: { typed, said, setReason, setBasis },
  most,
  tried,
  labels,
}: {
  /** Begins the ids of the controls. */
  id: string;
  of: ReturnType<typeof useReason>;
  /** Longest ground, in characters. */
  most: number;
  /** Was it tried to send it? Then what is wanting is said. */
  tried: boolean;
  labels: { reason: string; basis: string; basisHelp: string };
}) {
  const t = useText();
  const short = (what: keyof typeof LEAST) =>
    tried && said[what].length < LEAST[what] ? [t('reason.least', { least: LEAST[what] })] : [];
  return (
    <>
      <FormField
        id={`${id}-reason`}
        label={labels.reason}
        help={t('reason.help')}
        issues={short('reason')}
        required
      >
        {(control) => (
          <Input.TextArea
            {...control}
            rows={3}
            maxLength={1000}
            value={typed.reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </FormField>
      <FormField
        id={`${id}-basis`}
        label={labels.basis}
        help={labels.basisHelp}
        issues={short('basis')}
        required
      >
        {(control) => (
          <Input
            {...control}
            maxLength={most}
            value={typed.basis}
            onChange={(event) => setBasis(event.target.value)}
          />
        )}
      </FormField>
    </>
  );
}
