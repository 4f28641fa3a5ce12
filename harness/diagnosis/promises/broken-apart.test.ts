import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { ended, midRun } from '../../../fixtures/mid-run.ts';

describe("a promise that was broken to one user while another's connection was lost", () => {
  const bob = () => ended(midRun(), 'reset', 'ECONNRESET').on('bob').opened();

  it('is the finding where no lost connection explains it: a run that came without a welcome', () => {
    const found = diagnosed(bob().asked('t2').five().settled('complete', 't2').left());
    expect(found).toMatchObject({ cause: 'welcome-missing', domain: 'application' });
  });

  it('is none where whatever took that connection may have slowed this one', () => {
    const late = bob().welcomed().asked('t2').event('agent_started').wait(2500).five('agent_started');
    expect(diagnosed(late.settled('complete', 't2').left())?.cause).toBe('connection-lost');
  });
});
