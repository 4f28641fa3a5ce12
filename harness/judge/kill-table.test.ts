import { describe, expect, it } from 'vitest';
import { HEALTHY, markerOf, subjectOf } from '../../fixtures/healthy.ts';
import {
  all,
  budgeted,
  crossed,
  delayed,
  doubled,
  edited,
  followed,
  heldUp,
  interjected,
  type Mutation,
  postponed,
  renamed,
  replaced,
  silenced,
  swapped,
  without,
} from '../../fixtures/mutations.ts';
import { runOf, type Timeline } from '../../fixtures/timeline.ts';
import { EVENT_TYPES, type EventType } from '../protocol/event.ts';
import { CATALOGUE } from './catalogue.ts';
import { judge } from './judge.ts';
import type { Rule } from './rule.ts';

const on = (what: EventType | 'welcome' | 'heartbeat', session = 'bob', nth = 1) => ({ session, what, nth });
const opened = { session: 'bob', what: 'opened' } as const;
const asked = { session: 'bob', what: 'asked' } as const;
const bobsRun = { run_id: 'run_agent_3_d0', thread_id: 'thread_session_3_77', user_id: subjectOf('bob') };
const own = { ...bobsRun, agent_name: 'cost_optimizer' };

type Kill = readonly [harm: string, mutation: Mutation, broken: readonly Rule['id'][]];

const KILLS: readonly Kill[] = [
  ['the welcome never came', without(on('welcome')), ['admission/welcomed']],
  ['the welcome came after the first event', postponed(on('welcome'), 30), ['admission/welcomed']],

  ['agent_started never came', without(on('agent_started')), ['lifecycle/all-five']],
  ['agent_thinking never came', without(on('agent_thinking')), ['lifecycle/all-five']],
  ['tool_executing never came', without(on('tool_executing')), ['lifecycle/all-five', 'tools/paired']],
  ['tool_completed never came', without(on('tool_completed')), ['lifecycle/all-five', 'tools/paired']],
  ['agent_completed never came', without(on('agent_completed')), ['lifecycle/all-five']],
  ['an event has an unknown name', renamed(on('agent_thinking'), 'agent_pondering'), ['lifecycle/all-five']],
  ['no tool was used', all(without(on('tool_executing')), without(on('tool_completed'))), ['lifecycle/all-five']],
  ['the second answer never came', without(on('agent_completed', 'alice', 2)), ['lifecycle/all-five']],

  [
    'a thought came before agent_started',
    swapped(on('agent_started'), on('agent_thinking')),
    ['lifecycle/started-first', 'lifecycle/in-order'],
  ],
  [
    'a tool ended before the first thought',
    all(swapped(on('agent_thinking'), on('tool_executing')), swapped(on('tool_completed'), on('agent_thinking'))),
    ['lifecycle/in-order'],
  ],
  ['a tool ended before it began', swapped(on('tool_executing'), on('tool_completed')), ['lifecycle/in-order']],
  [
    'the answer came before the tool ended',
    swapped(on('tool_completed'), on('agent_completed')),
    ['lifecycle/in-order', 'lifecycle/completed-last'],
  ],
  [
    'a thought came after the answer',
    interjected(on('agent_completed'), { type: 'agent_thinking', ...own, reasoning: 'Wait.' }, 20),
    ['lifecycle/completed-last'],
  ],
  [
    'the agent says that it failed',
    edited(on('agent_completed'), (message) => ({ ...message, data: { status: 'failed', result: 'none' } })),
    ['lifecycle/completed-successfully'],
  ],
  [
    'a fallback answered',
    interjected(on('tool_completed'), { type: 'agent_fallback', message: 'we are busy' }),
    ['lifecycle/completed-successfully'],
  ],
  [
    'the agent failed in the middle',
    all(
      replaced(on('agent_completed'), (seen) => ({
        ...seen,
        ...{ kind: 'received', text: JSON.stringify({ type: 'agent_error', ...own, message: 'no budget' }) },
      })),
    ),
    ['lifecycle/all-five', 'lifecycle/completed-successfully'],
  ],

  [
    'another tool began and never ended',
    interjected(on('tool_completed'), {
      type: 'tool_executing',
      ...own,
      tool_name: 'search',
      data: { parameters: {} },
    }),
    ['tools/paired'],
  ],
  [
    'the end is of another call',
    edited(on('tool_completed', 'carol'), (message) => ({ ...message, execution_id: 'call_other' })),
    ['tools/paired'],
  ],

  [
    "another user's event was leaked",
    crossed(on('agent_thinking', 'bob'), 'carol'),
    ['identity/own-user', 'identity/own-run'],
  ],
  [
    "another user's question was quoted",
    interjected(on('agent_thinking', 'carol'), { type: 'notice', text: `queued: [ref ${markerOf('bob')}]` }),
    ['identity/own-user'],
  ],
  [
    "another user's id was told",
    interjected(on('agent_thinking', 'carol'), { type: 'notice', data: { user_id: subjectOf('bob') } }),
    ['identity/own-user'],
  ],
  [
    "an event is another user's by its user id alone",
    edited(on('agent_thinking', 'carol'), (message) => ({ ...message, user_id: subjectOf('bob') })),
    ['identity/own-user'],
  ],
  [
    'an event is of a second user whom nobody knows',
    edited(on('agent_thinking', 'carol'), (message) => ({ ...message, user_id: 'user-of-last-week' })),
    ['identity/own-user'],
  ],
  [
    'an event of the first question came to the second',
    edited(on('agent_thinking', 'alice', 2), (message) => ({ ...message, run_id: 'run_agent_1_5f' })),
    ['identity/own-run'],
  ],

  [
    'a frame is no JSON',
    replaced(on('heartbeat'), (seen) => ({ ...seen, kind: 'received', text: '{"type":' })),
    ['wire/decodes'],
  ],
  ['a frame is binary', followed(on('heartbeat'), { kind: 'received-binary', bytes: 12 }), ['wire/decodes']],
  [
    'a frame is broken',
    followed(on('heartbeat'), { kind: 'frame-broken', code: 'WS_ERR_INVALID_UTF8', message: 'Invalid UTF-8 sequence' }),
    ['wire/decodes'],
  ],
  ...EVENT_TYPES.map((type): Kill => [`${type} came twice`, doubled(on(type)), ['wire/no-duplicates']]),
  ['a numbered event came twice', doubled(on('tool_executing', 'alice')), ['wire/no-duplicates']],

  [
    'a tool event names no tool',
    edited(on('tool_executing'), (message) => ({ ...message, tool_name: undefined })),
    ['payload/tool-name'],
  ],
  ['a thought says nothing', edited(on('agent_thinking'), (message) => ({ ...message, data: {} })), ['payload/fields']],

  [
    'the connection took too long',
    replaced(opened, (seen) => ({ ...seen, tookMs: 620 }) as typeof seen),
    ['promptness/connect'],
  ],
  ['the welcome came late', delayed(on('welcome'), 1200), ['promptness/welcome']],
  ['the first event came late', delayed(on('agent_started'), 2300), ['promptness/first-event']],
  ['a gap is too long', delayed(on('agent_thinking'), 5400), ['promptness/gap']],
  ['a tool took too long', all(budgeted('tool', 500), delayed(on('tool_completed'), 700)), ['promptness/tool']],
  ['the run took too long', all(budgeted('total', 1000), delayed(on('agent_completed'), 1100)), ['promptness/total']],
  ['events were held up on their way', heldUp(on('tool_completed'), 2300), ['promptness/delivery']],
  ['the application was opened long before the first event', delayed(asked, 4300), ['promptness/open-to-first-event']],
  [
    'not one event came',
    silenced({ session: 'bob', what: 'sent' }, 'bob#1', 12_500),
    ['lifecycle/all-five', 'promptness/first-event', 'promptness/total', 'promptness/open-to-first-event'],
  ],
  [
    'the events stopped before the tool ended',
    silenced(on('tool_executing'), 'bob#1', 15_500),
    ['lifecycle/all-five', 'tools/paired', 'promptness/gap', 'promptness/tool', 'promptness/total'],
  ],

  ['a ping was not answered', without({ session: 'bob', what: 'ponged' }), ['liveness/answers-pings']],
  [
    'our close was not answered',
    replaced({ session: 'bob', what: 'closed' }, (seen) => ({ ...seen, code: 1006, how: 'local' }) as typeof seen),
    ['closure/clean'],
  ],
  ['the target closed first', without({ session: 'bob', what: 'closing' }), ['closure/clean']],
];

const brokenBy = (timeline: Timeline): readonly string[] =>
  judge(runOf(timeline)).flatMap(({ rule, ruling }) => (ruling.outcome === 'fail' ? [rule.id] : []));

describe('the kill table', () => {
  it('finds every promise kept, with evidence, in the healthy timeline', () => {
    const rulings = judge(runOf(HEALTHY)).map(({ rule, ruling }) => [rule.id, ruling.outcome]);
    expect(rulings).toEqual(CATALOGUE.map((rule) => [rule.id, 'pass']));
  });

  it.each(KILLS)('when %s, exactly the promises beside it are broken', (_, mutation, broken) => {
    expect(brokenBy(mutation(HEALTHY)).toSorted()).toEqual(broken.toSorted());
  });

  it('has a harm for every rule of the catalogue', () => {
    const killed = new Set(KILLS.flatMap(([, , broken]) => broken));
    expect(CATALOGUE.map((rule) => rule.id).filter((id) => !killed.has(id))).toEqual([]);
  });

  it('cites in every violation observations that are there', () => {
    for (const [, mutation] of KILLS) {
      const run = runOf(mutation(HEALTHY));
      for (const { ruling } of judge(run)) {
        if (ruling.outcome !== 'fail') continue;
        for (const { at } of ruling.violations) {
          expect(at.length).toBeGreaterThan(0);
          expect(at.every((seq) => run.observations[seq]?.seq === seq)).toBe(true);
        }
      }
    }
  });
});
