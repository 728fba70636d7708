import { useSession } from '#shell/session';
import { askToSignIn } from '#shell/sign-in-prompt';

/** Whether somebody is signed in, and a way to do what needs an account: visitors are asked to sign in first. */
export function useDoor(): { known: boolean; signedIn: boolean; enter: (then: () => void) => void } {
  const { known, signedIn } = useSession();
  return {
    known,
    signedIn,
    enter: (then) => {
      if (signedIn) then();
      else void askToSignIn().then((entered) => entered && then());
    },
  };
}
