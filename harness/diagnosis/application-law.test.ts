import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../fixtures/diagnosed.ts';
import { ruled } from '../../fixtures/ruled.ts';
import { answer, type TimelineBuilder, timeline } from '../../fixtures/timeline-builder.ts';
import { APPLICATION_CAUSES } from './causes/application.ts';
import { diagnose } from './diagnose.ts';

type Row = readonly [when: string, cause: keyof typeof APPLICATION_CAUSES, built: TimelineBuilder];

const idle = () => timeline().opened().welcomed();
const asked = () => idle().asked();
const whole = (...without: readonly string[]) => asked().five(...without);
const silent = (built: TimelineBuilder, leg = 'gap') =>
  built.gaveUp(leg).probe('ping', {}, 'welcome').settled('gave-up').left();
const fin = (built: TimelineBuilder) => built.closed(1006, '', 'fin').settled('closed');
const over = (built: TimelineBuilder) => built.settled().left();
const said = (code: string, message: string) =>
  asked().received({ type: 'error_message', error_code: code, error_message: message });
const unanswered = { ok: false, trouble: { phase: 'health', code: 'DEADLINE', message: '' } } as const;
const again = (built: TimelineBuilder) => built.on('repetition', 'probe').opened().welcomed().asked('again');

const LAW: readonly Row[] = [
  [
    '500 comes at the upgrade',
    'upgrade-server-error',
    timeline().refused(500, 'Internal Server Error', { 'content-type': 'text/plain' }),
  ],
  [
    'it is open, pings are answered, and no welcome comes',
    'welcome-missing',
    timeline().opened().gaveUp('welcome').note({ kind: 'pinged' }).note({ kind: 'ponged' }).left(),
  ],
  ['not one event comes', 'run-silent', silent(asked(), 'first-event')],
  [
    'an ack comes and not one event',
    'run-silent',
    silent(asked().received({ type: 'ack', received_type: 'chat' }), 'first-event'),
  ],
  [
    'the events stop before the end with the socket open',
    'run-stalled',
    silent(asked().event('agent_started').event('agent_thinking')),
  ],
  ['agent_completed is missing with the socket open', 'run-stalled', silent(whole('agent_completed'))],
  ['an event never comes', 'event-missing', over(whole('agent_thinking'))],
  ['a tool completes that never began', 'event-missing', over(whole('tool_executing'))],
  ['both tool events are missing', 'event-missing', over(whole('tool_executing', 'tool_completed'))],
  [
    'the events come in the wrong order',
    'event-out-of-order',
    over(
      asked()
        .event('agent_thinking')
        .event('agent_started')
        .event('tool_executing')
        .event('tool_completed')
        .event('agent_completed'),
    ),
  ],
  [
    'an event comes twice',
    'event-duplicated',
    over(
      asked()
        .event('agent_started')
        .event('agent_thinking', { event_id: 'e1' })
        .event('agent_thinking', { event_id: 'e1' })
        .event('tool_executing')
        .event('tool_completed')
        .event('agent_completed'),
    ),
  ],
  [
    'an event comes after its max, within the grace',
    'event-late',
    over(
      asked()
        .event('agent_started')
        .wait(2500)
        .event('agent_thinking')
        .event('tool_executing')
        .event('tool_completed')
        .event('agent_completed'),
    ),
  ],
  [
    'a type was seen, but not for this call',
    'tool-unpaired',
    over(
      asked()
        .event('agent_started')
        .event('agent_thinking')
        .event('tool_executing')
        .event('tool_completed')
        .event('tool_executing', { execution_id: 'call-2' })
        .event('agent_completed'),
    ),
  ],
  [
    'a fallback answers and says so',
    'run-faked',
    over(whole().received({ type: 'agent_fallback', data: { message: 'canned' } })),
  ],
  [
    'agent_completed says failed',
    'run-failed',
    over(whole('agent_completed').event('agent_completed', { status: 'failed' })),
  ],
  [
    'agent_error comes',
    'run-failed',
    asked()
      .event('agent_started')
      .received({ type: 'agent_error', data: { run_id: 'run-1', error: 'boom' } })
      .gaveUp()
      .settled('gave-up'),
  ],
  [
    'an error message comes instead of events',
    'run-failed',
    said('AGENT_REQUEST_ERROR', 'boom').gaveUp('first-event').settled('gave-up'),
  ],
  [
    'a message is not JSON',
    'message-invalid',
    over(
      asked()
        .event('agent_started')
        .received('{"type":')
        .event('agent_thinking')
        .event('tool_executing')
        .event('tool_completed')
        .event('agent_completed'),
    ),
  ],
  [
    'a message is binary',
    'message-invalid',
    over(
      asked()
        .event('agent_started')
        .note({ kind: 'received-binary', bytes: 4 })
        .event('agent_thinking')
        .event('tool_executing')
        .event('tool_completed')
        .event('agent_completed'),
    ),
  ],
  [
    'a required field is missing',
    'payload-invalid',
    over(
      asked()
        .event('agent_started')
        .event('agent_thinking')
        .event('tool_executing', { tool_name: undefined })
        .event('tool_completed')
        .event('agent_completed'),
    ),
  ],
  [
    'a frame is none',
    'frame-invalid',
    asked()
      .event('agent_started')
      .note({ kind: 'frame-broken', code: 'WS_ERR_INVALID_OPCODE', message: 'invalid opcode 3' })
      .closed(1006, '', 'local')
      .settled('closed'),
  ],
  ...[1000, 1005].map(
    (code): Row => [
      `${code} comes before the end`,
      'closed-early',
      asked().event('agent_started').closed(code).settled('closed'),
    ],
  ),
  [
    'a FIN comes before the request while a fresh connection works',
    'closed-early',
    idle().closed(1006, '', 'fin').probe('fresh-upgrade'),
  ],
  ...[1002, 1003, 1007, 1009, 1010, 1011, 3000, 3999, 4000, 4401, 4403, 4999].map(
    (code): Row => [
      `${code} comes`,
      'closed-with-error',
      asked().event('agent_started').closed(code).settled('closed'),
    ],
  ),
  [
    '1008 comes that is not about who we are',
    'closed-with-error',
    asked().event('agent_started').closed(1008, 'message too long').settled('closed'),
  ],
  [
    'a FIN comes mid-run and the same request ends the same way',
    'handler-crashed',
    again(
      fin(asked().event('agent_started'))
        .probe('backend-health', { answer: answer(200) }, 'health')
        .probe('fresh-upgrade'),
    )
      .closed(1006, '', 'fin')
      .settled('closed', 'again'),
  ],
  [
    'a FIN was found by writing (EPIPE) and it ends the same way',
    'handler-crashed',
    again(asked().event('agent_started').closed(1006, '', 'reset', 'EPIPE').settled('closed').probe('fresh-upgrade'))
      .closed(1006, '', 'fin')
      .settled('closed', 'again'),
  ],
  [
    'no pong comes and health does not answer although TCP connects',
    'process-stalled',
    idle()
      .note({ kind: 'asked', turn: 't1', intendedAtMs: 1010 })
      .note({ kind: 'sent', text: '{}' })
      .note({ kind: 'pinged' })
      .gaveUp('first-event')
      .settled('gave-up')
      .probe('backend-health', unanswered, 'health')
      .probe('fresh-upgrade', { ok: false, trouble: { phase: 'upgrade', code: 'DEADLINE', message: '' } }),
  ],
];

describe('it is the application', () => {
  it.each(LAW)('when %s: %s', (_when, cause, built) => {
    expect(diagnosed(built)).toMatchObject({ cause, domain: 'application' });
  });

  it.each([
    ["when another user's event comes: cross-user", 'identity/own-user', 'cross-user'],
    ['when an event of another run of the same user comes: foreign-run', 'identity/own-run', 'foreign-run'],
    [
      'when a token is let in that must be refused: target-permissive',
      'admission/refuses-expired',
      'target-permissive',
    ],
  ] as const)('%s', (_when, id, cause) => {
    const run = over(whole()).run();
    const broken = ruled(id, { outcome: 'fail', violations: [{ expected: 'a', actual: 'b', at: [4] }] });
    expect(diagnose(run, [broken])).toMatchObject({ cause, domain: 'application' });
  });

  it('for each cause of the registry', () => {
    const others = ['cross-user', 'foreign-run', 'target-permissive'];
    const proven = new Set<string>([...LAW.map(([, cause]) => cause), ...others]);
    expect(Object.keys(APPLICATION_CAUSES).filter((cause) => !proven.has(cause))).toEqual([]);
  });

  it('ambiguously where both tool events are missing from a run that succeeded', () => {
    const found = diagnosed(over(whole('tool_executing', 'tool_completed')));
    expect(found).toMatchObject({ confidence: 'ambiguous' });
    expect(found?.rivals.map(({ cause }) => cause)).toEqual(['no-tool-chosen']);
  });
});
