import type { ReactNode } from 'react';
import type { EndpointRequest } from '#kernel/http/contract';
import { call } from '#shell/api';
import { type CollectionItem, reviewItem } from '../../contract.ts';
import { useAct } from '../parts/act.tsx';
import { useKeys } from '../parts/use-keys.ts';

/** One step of a review, without what names the item. */
export type Step = Omit<EndpointRequest<typeof reviewItem>['body'], 'number'>;

/** Decides about the item that is looked at. */
export interface Reviewing {
  busy: boolean;
  problem: ReactNode;
  send: (step: Step) => Promise<boolean>;
}

/** Keys of a review: j and k walk, s keeps, x dismisses, 1 to 5 rate, 0 takes the rating back. */
export function useReviewKeys(
  collection: string,
  current: CollectionItem | undefined,
  edit: boolean,
  steps: { next: () => void; previous: () => void },
): Reviewing {
  const { act, busy, problem } = useAct();
  const send = async (step: Step): Promise<boolean> => {
    if (!current || !edit) return false;
    const body = { ...step, number: current.number };
    return (await act(() => call(reviewItem, { params: { id: collection }, body }))) !== undefined;
  };
  const decide = async (choice: 'keep' | 'dismiss') => {
    const again = current?.own?.choice === choice;
    if (await send({ choice: again ? null : choice })) if (!again) steps.next();
  };
  const rate = (rating: number | null) => void send({ rating });
  useKeys({
    j: steps.next,
    k: steps.previous,
    ...(current &&
      edit && {
        s: () => void decide('keep'),
        x: () => void decide('dismiss'),
        ...Object.fromEntries([1, 2, 3, 4, 5].map((n) => [String(n), () => rate(n)])),
        0: () => rate(null),
      }),
  });
  return { busy, problem, send };
}
