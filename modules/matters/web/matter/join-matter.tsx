import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { call } from '#shell/api';
import { useSession } from '#shell/session';
import { joinMatter } from '../../contract.ts';
import css from '../matters.module.css';
import { type Matter, useText } from '../text.ts';
import { withCode } from './codes.ts';
import { Failure } from './failure.tsx';

/** Puts a matter that was found by its code among those of the account, for whoever is signed in. */
export function JoinMatter({
  matter,
  code,
  onDone,
}: {
  matter: Matter;
  code: string;
  onDone: (matter: Matter) => void;
}) {
  const t = useText();
  const session = useSession();
  const join = useMutation({
    mutationFn: () => call(joinMatter, { params: { number: matter.number }, ...withCode(code) }),
    onSuccess: onDone,
  });
  if (!matter.abilities.join || !session.may('signed-in')) return null;
  return (
    <div className={`${css.act} no-print`}>
      <p>{t('join.text')}</p>
      <Button loading={join.isPending} onClick={() => join.mutate()}>
        {t('join.do')}
      </Button>
      <Failure error={join.error} />
    </div>
  );
}
