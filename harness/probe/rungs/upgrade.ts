import { dial } from '../../session/dial.ts';
import { askWithoutToken } from '../ask-without-token.ts';
import { dialled } from '../dialled.ts';
import { breaks, type Footing, holds, type Step } from '../footing.ts';

/** The target lets the ladder's persona open a WebSocket; where it says 401 or 403, two more upgrades tell whether it means the token. */
export const upgrade: Step = {
  rung: 'upgrade',
  async take(climber) {
    const { rig, name, persona, credential } = climber;
    const session = await dial(rig, { session: name, persona: persona.name, role: 'ladder', credential });
    const footing = footingOf(climber.rig, name);
    if (session.open) climber.session = session;
    if (footing.answer?.status === 401 || footing.answer?.status === 403) await askWithoutToken(rig, name);
    return footing;
  },
};

function footingOf(rig: Parameters<typeof dialled>[0], name: string): Footing {
  const { attempts, last } = dialled(rig, name);
  const tries = attempts > 1 ? ` after ${attempts} tries` : '';
  switch (last?.kind) {
    case 'opened':
      return holds(`open${tries}`, { attempts, opened: true });
    case 'refused': {
      const { answer } = last;
      return { ok: false, answer, trouble: null, facts: { attempts }, detail: `refused with ${answer.status}${tries}` };
    }
    case 'failed':
      return breaks({ phase: last.phase, code: last.code, message: last.message }, { attempts });
    default:
      return breaks({ phase: 'upgrade', code: 'UNKNOWN', message: 'the dial left no trace' }, { attempts });
  }
}
