import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { timeline } from '../../../fixtures/timeline-builder.ts';

describe('one user who did not get in', () => {
  const whole = () => timeline().opened().welcomed().asked().five().settled().left();

  it('is named where the run of another was delivered whole', () => {
    expect(diagnosed(whole().on('bob').refused(502))?.summary).toBe(
      "the upgrade at ws://127.0.0.1:4000/ws was answered 502 (server), for bob; alice's run was delivered whole",
    );
    const three = whole().on('carol').opened().welcomed().asked().five().settled().left();
    expect(diagnosed(three.on('bob').refused(502))?.summary).toMatch(
      /, for bob; the runs of alice, carol were delivered whole$/,
    );
  });

  it('is not named where nobody got in, or nobody came to an end', () => {
    expect(diagnosed(timeline().refused(502).on('bob').refused(502))?.summary).toMatch(/\(server\)$/);
    const cut = timeline().opened().welcomed().asked().event('agent_started').on('bob').refused(502);
    expect(diagnosed(cut)?.summary).toMatch(/\(server\)$/);
  });

  it('is told of a connection that was lost as well, and named once', () => {
    const lost = whole().on('bob').opened().welcomed().asked('t2').event('agent_started');
    const found = diagnosed(lost.closed(1006, '', 'reset', 'ECONNRESET').settled('closed', 't2'));
    expect(found?.cause).toBe('connection-lost');
    expect(found?.summary).toMatch(/^the connection was reset .*, for bob; alice's run was delivered whole$/);
    const named = whole().on('bob').opened().welcomed().closed(1011, 'no bob here');
    expect(diagnosed(named.settled('closed'))?.summary).toMatch(/after it opened; alice's run was delivered whole$/);
  });

  it('is named where nobody gave them a token, and another was delivered', () => {
    const bob = timeline('bob').rung('credentials', { ok: false, answer: { status: 401, headers: {}, bodyHead: '' } });
    const found = diagnosed(bob.on('alice').opened().welcomed().asked().five().settled().left());
    expect(found?.cause).toBe('simulation-key-refused');
    expect(found?.summary).toMatch(/, for bob; alice's run was delivered whole$/);
  });
});
