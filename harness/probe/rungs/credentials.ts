import type { Step } from '../footing.ts';

/** A token can be had for the ladder's persona. */
export const credentials: Step = {
  rung: 'credentials',
  async take(climber) {
    const result = await climber.wallet.obtain(climber.persona);
    if (result.ok) {
      climber.credential = result.credential;
      if (result.credential !== null) climber.rig.recorder.hide(result.credential.token);
    }
    const { ok, answer, trouble, facts, detail } = result;
    return { ok, answer, trouble, facts, detail };
  },
};
