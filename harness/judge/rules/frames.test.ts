import { describe, expect, it } from 'vitest';
import { asked, open } from '../../../fixtures/oddities/beginnings.ts';
import { said } from '../../../fixtures/said.ts';
import { timeline } from '../../../fixtures/timeline-builder.ts';
import { decodes, noDuplicates } from './wire.ts';

describe('a frame that cannot be read', () => {
  const EXPECTED = 'a readable message on session alice';

  it('is told with what it is', () => {
    expect(said(decodes, open().note({ kind: 'received-binary', bytes: 7 }))).toEqual([
      `${EXPECTED}: a binary frame of 7 bytes [received-binary]`,
    ]);
    expect(said(decodes, open().note({ kind: 'frame-broken', code: 'WS_ERR_INVALID_UTF8', message: '' }))).toEqual([
      `${EXPECTED}: a broken frame: WS_ERR_INVALID_UTF8 [frame-broken]`,
    ]);
    expect(said(decodes, open().received('no json'))).toEqual([`${EXPECTED}: not JSON (7 characters) [received]`]);
  });

  it('is none where all of them can, as the first and the last show', () => {
    const built = asked().event('agent_started').event('agent_completed');
    expect(said(decodes, built)).toEqual(['kept: connection_established, agent_completed']);
  });

  it('is not looked for in vain where nothing came', () => {
    expect(said(decodes, timeline().opened())).toEqual(['inconclusive: nothing arrived on session alice']);
    expect(said(noDuplicates, asked())).toEqual(['inconclusive: nothing arrived on session alice']);
  });
});

describe('an event that came twice', () => {
  const twice = (first: object, second: object): readonly string[] =>
    said(
      noDuplicates,
      asked()
        .event('agent_thinking', { ...first })
        .event('agent_thinking', { ...second }),
    );
  const told = (how: string): readonly string[] => [
    `agent_thinking once on session alice: it came twice with ${how} [agent_thinking, agent_thinking]`,
  ];

  it('is told by its event id where it is the same', () => {
    expect(twice({ event_id: 'e-1' }, { event_id: 'e-1' })).toEqual(told('the same event id e-1'));
  });

  it('is told by what it says where it has no event id of its own', () => {
    const alike = told('the same type, ids and body');
    expect(twice({}, {})).toEqual(alike);
    expect(twice({ event_id: 'None' }, { event_id: 'unknown' })).toEqual(alike);
  });

  it('is told with its other event id where a call shows that it is one', () => {
    const call = { execution_id: 'c-1' };
    expect(twice({ ...call, event_id: 'e-1' }, { ...call, event_id: 'e-2' })).toEqual(
      told('the same type, ids and body, under another event id'),
    );
  });

  it('may say so itself', () => {
    const built = asked().event('agent_started').event('agent_started', { attempt: 2 }).event('agent_completed');
    expect(said(noDuplicates, built)).toEqual(['kept: agent_started, agent_completed']);
  });
});
