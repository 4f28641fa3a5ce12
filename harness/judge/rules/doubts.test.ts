import { describe, expect, it } from 'vitest';
import { HEALTHY } from '../../../fixtures/healthy.ts';
import { all, crossed, edited, type Mutation, type Pick, without } from '../../../fixtures/mutations.ts';
import { bob, declared, noTools, only, reason, retold, ruling, until } from '../../../fixtures/rulings.ts';
import { placed, type Timeline } from '../../../fixtures/timeline.ts';

const interruptedAt = (what: Pick['what']) => all(without(bob(what)), without(bob('settled')));

describe('a timeline without a user', () => {
  it('proves nothing', () => {
    for (const id of HEALTHY.header.rules) {
      const said = ruling(id, only());
      expect(reason(said)).toBe('inconclusive: no user connected');
    }
  });
});

describe('a user who never got in', () => {
  const GETTING_IN = ['admission/welcomed', 'promptness/connect'];
  const never = until('opened', 'bob');

  it('leaves open the promises about getting in, and those kept to the others kept', () => {
    for (const id of HEALTHY.header.rules) {
      expect([id, reason(ruling(id, never))]).toEqual([
        id,
        GETTING_IN.includes(id) ? 'inconclusive: session bob never opened' : null,
      ]);
    }
  });

  it('hides nothing that is broken to the others', () => {
    const missing = without({ session: 'carol', what: 'agent_thinking' });
    expect(ruling('lifecycle/all-five', never, missing).outcome).toBe('fail');
    const leaked = crossed({ session: 'alice', what: 'agent_thinking', nth: 1 }, 'carol');
    expect(ruling('identity/own-user', never, leaked).outcome).toBe('fail');
  });

  it('leaves every promise open where nobody else got in', () => {
    for (const id of HEALTHY.header.rules) {
      expect(reason(ruling(id, only('bob'), never))).toBe('inconclusive: session bob never opened');
    }
  });

  it.each(HEALTHY.header.rules)('never lets a run that is judged by %s alone pass', (id) => {
    expect(reason(ruling(id, never, declared({ rules: [id] })))).toBe('inconclusive: session bob never opened');
  });
});

describe('a user who asked nothing', () => {
  it('leaves the promises of a run open', () => {
    expect(reason(ruling('lifecycle/all-five', until('asked', 'bob')))).toBe('inconclusive: session bob asked nothing');
    expect(reason(ruling('promptness/total', until('asked', 'bob')))).toBe('inconclusive: session bob asked nothing');
  });

  it('on a second connection of somebody who asked on the first opens no question', () => {
    const again = (timeline: Timeline): Timeline => {
      const second = timeline.observations
        .filter((seen) => seen.session === 'bob' && ['joined', 'credentialed', 'dialled', 'opened'].includes(seen.kind))
        .map((seen) => ({ ...seen, session: 'bob-again' }));
      return retold([...timeline.observations, ...second])(timeline);
    };
    expect(ruling('lifecycle/all-five', again).outcome).toBe('pass');
  });
});

describe('an interrupted turn', () => {
  it('proves nothing by its silence', () => {
    expect(reason(ruling('lifecycle/all-five', interruptedAt('agent_completed')))).toBe(
      'inconclusive: turn bob#1 was interrupted, so its silence proves nothing',
    );
    expect(ruling('tools/paired', interruptedAt('tool_completed')).outcome).toBe('inconclusive');
    expect(ruling('tools/paired', noTools, without(bob('settled'))).outcome).toBe('inconclusive');
    expect(ruling('promptness/total', interruptedAt('agent_completed')).outcome).toBe('inconclusive');
  });

  it('still breaks what it does break', () => {
    const failed = edited(bob('agent_completed'), (message) => ({ ...message, data: { status: 'failed' } }));
    expect(ruling('lifecycle/completed-successfully', failed, without(bob('settled'))).outcome).toBe('fail');
    expect(ruling('tools/paired', interruptedAt('tool_executing')).outcome).toBe('fail');
  });
});

describe('many doubts', () => {
  it('are told in three, and counted', () => {
    const nobody: Mutation = (timeline) => ({
      ...timeline,
      observations: placed(
        ['a', 'b', 'c', 'd', 'e'].map((session) => ({
          session,
          atMs: 0,
          sighting: { kind: 'joined', persona: session, role: 'user' },
        })),
      ),
    });
    expect(reason(ruling('wire/decodes', nobody))).toBe(
      'inconclusive: session a never opened; session b never opened; session c never opened; and 2 more',
    );
  });
});
