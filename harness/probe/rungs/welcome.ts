import { untilWelcomed } from '../../session/until-welcomed.ts';
import { OWN_CODES } from '../../timeline/observation.ts';
import { breaks, holds, type Step } from '../footing.ts';

/** The target says that the connection is established, in any form. */
export const welcome: Step = {
  rung: 'welcome',
  async take(climber) {
    const { rig, session: first, name, persona, credential } = climber;
    const plan = { session: name, persona: persona.name, role: 'ladder', credential } as const;
    const session = first === null ? null : await untilWelcomed(rig, plan, first);
    climber.session = session;
    if (session !== null && (await session.welcomed())) return holds('welcomed');
    const closed = rig.recorder.observations.findLast((seen) => seen.kind === 'closed' && seen.session === name);
    if (closed?.kind === 'closed') {
      const { code, reason, how } = closed;
      const words = reason === '' ? '' : ` "${reason}"`;
      return {
        ok: false,
        answer: null,
        trouble: null,
        facts: { closeCode: code, closeReason: reason, how },
        detail: `closed with ${code}${words} (${how}) before a welcome`,
      };
    }
    const limitMs = rig.settings.budgets.welcome.maxMs + rig.settings.graceMs;
    return breaks({ phase: 'welcome', code: OWN_CODES.deadline, message: `no welcome within ${limitMs} ms` });
  },
};
