import { describe, expect, it } from 'vitest';
import { HEALTHY } from '../../fixtures/healthy.ts';
import { placed } from '../../fixtures/timeline.ts';
import { netra } from '../protocol/netra/netra.ts';
import type { Profile } from '../protocol/profile.ts';
import type { Sighting } from './observation.ts';
import { type Run, readRun } from './run.ts';

/** One sighting per millisecond, each on the session before its colon. */
function read(sightings: readonly (readonly [session: string, sighting: Sighting])[], profile: Profile = netra): Run {
  const observations = placed(sightings.map(([session, sighting], atMs) => ({ session, atMs, sighting })));
  return readRun(HEALTHY.header, observations, profile);
}

const joined = (persona: string, role: 'user' | 'ladder' = 'user'): Sighting => ({ kind: 'joined', persona, role });
const dialled: Sighting = { kind: 'dialled', attempt: 1, url: 'ws://127.0.0.1:4000/ws' };
const opened: Sighting = { kind: 'opened', attempt: 1, subprotocol: '', headers: {}, tookMs: 1 };
const closed: Sighting = { kind: 'closed', code: 1006, reason: '', how: 'fin', socketCode: null };
const asked = (turn: string): Sighting => ({ kind: 'asked', turn, intendedAtMs: 0 });
const settled = (turn: string): Sighting => ({ kind: 'settled', turn, because: 'quiet' });
const sent = (text: string): Sighting => ({ kind: 'sent', text });
const event = (type: string, fields: object = {}): Sighting => ({
  kind: 'received',
  text: JSON.stringify({ type, run_id: 'r1', ...fields }),
});
const types = (happenings: Run['turns'][number]['happenings'] | undefined) =>
  happenings?.map(({ event: { type } }) => type);

describe('a run', () => {
  it('is read into its users, their connections and their turns', () => {
    const run = read([
      ['harness', { kind: 'stalled', lateByMs: 9, frozen: false }],
      ['ladder', joined('alice', 'ladder')],
      ['ladder', opened],
      ['bob', joined('bob')],
      ['bob', { kind: 'credentialed', source: 'mint', subject: 's', expiresAtMs: null, fingerprint: 'f' }],
      ['bob', dialled],
      ['bob', opened],
      ['bob', { kind: 'received', text: '{"type":"connection_established"}' }],
      ['bob', asked('bob#1')],
      ['bob', sent('{"run_id":"r-own","content":"why? [ref m1]"}')],
      ['bob', event('agent_started')],
      ['bob', { kind: 'gave-up', waitingFor: 'gap', afterMs: 5 }],
      ['bob', settled('bob#1')],
      ['bob', { kind: 'closing', code: 1000 }],
      ['bob', closed],
    ]);
    expect(run.sessions.map(({ session, persona, role }) => [session, persona, role])).toEqual([
      ['harness', 'harness', 'probe'],
      ['ladder', 'alice', 'ladder'],
      ['bob', 'bob', 'user'],
    ]);
    expect(run.stalls).toHaveLength(1);
    const [bob] = run.users;
    expect(bob).toMatchObject({ subject: 's', welcomed: { meaning: { kind: 'welcome' } }, closing: { code: 1000 } });
    const [turn] = run.turns;
    expect([...(turn?.sentIds ?? []), ...(turn?.markers ?? [])]).toEqual(['r-own', 'm1']);
    expect(turn).toMatchObject({ turn: 'bob#1', settled: { because: 'quiet' }, gaveUp: { waitingFor: 'gap' } });
    expect(types(turn?.happenings)).toEqual(['agent_started']);
  });

  it('counts what connects or asks without having joined as a user, and nothing else', () => {
    const run = read([
      ['cut', asked('cut#1')],
      ['begun', dialled],
      ['noted', { kind: 'noted', topic: 'isolation', text: 'not asked' }],
    ]);
    expect(run.users.map(({ session }) => session)).toEqual(['cut', 'begun']);
  });

  it('gives every event to the question that was asked last, and those before the first to none', () => {
    const run = read([
      ['bob', joined('bob')],
      ['bob', opened],
      ['bob', event('agent_thinking')],
      ['bob', asked('bob#1')],
      ['bob', event('agent_started')],
      ['bob', settled('bob#1')],
      ['bob', event('agent_completed')],
      ['bob', asked('bob#2')],
      ['bob', event('agent_started')],
    ]);
    expect(run.turns.map((turn) => [turn.turn, types(turn.happenings), turn.settled !== null])).toEqual([
      ['bob#1', ['agent_started', 'agent_completed'], true],
      ['bob#2', ['agent_started'], false],
    ]);
    expect(types(run.users[0]?.strays)).toEqual(['agent_thinking']);
  });

  it('knows the ids of a request in several frames, but not those of later replies', () => {
    const run = read([
      ['bob', asked('bob#1')],
      ['bob', sent('{"item_id":"i1"}')],
      ['bob', sent('{"run_id":"i2"}')],
      ['bob', { kind: 'received', text: '{"type":"heartbeat"}' }],
      ['bob', sent('{"thread_id":"i3"}')],
      ['bob', settled('bob#9')],
    ]);
    expect([...(run.turns[0]?.sentIds ?? [])]).toEqual(['i1', 'i2']);
    expect(run.turns[0]?.sent).toMatchObject({ text: '{"item_id":"i1"}' });
    expect(run.turns[0]?.settled).toBeNull();
  });

  it('tells the connections of one name apart, and keeps who it is', () => {
    const run = read([
      ['bob', joined('robert')],
      ['bob', dialled],
      ['bob', { kind: 'failed', attempt: 1, phase: 'tcp', code: 'ECONNREFUSED', message: '', tookMs: 1 }],
      ['bob', { ...dialled, attempt: 2 } as Sighting],
      ['bob', opened],
      ['bob', asked('bob#1')],
      ['bob', closed],
      ['bob', dialled],
      ['bob', opened],
      ['bob', event('agent_completed')],
    ]);
    expect(
      run.users.map(({ session, persona, turns, strays }) => [session, persona, turns.length, strays.length]),
    ).toEqual([
      ['bob', 'robert', 1, 0],
      ['bob', 'robert', 0, 1],
    ]);
    expect(run.users[0]?.observations).toHaveLength(7);
  });
});

describe('recovered events', () => {
  const first = [
    ['bob', joined('bob')],
    ['bob', opened],
    ['bob', asked('bob#1')],
    ['bob', sent('{"run_id":"r-own"}')],
  ] as const;

  it("on a persona's first connection are of the run that their id names, else of somebody's earlier run", () => {
    const run = read([
      ...first,
      ['bob', event('agent_started', { recovered: true })],
      ['bob', event('agent_thinking')],
      ['bob', event('tool_executing', { recovered: true, run_id: 'r-own' })],
      ['bob', event('agent_completed', { recovered: true, run_id: 'r-of-last-week' })],
      ['bob', event('agent_completed', { recovered: true, run_id: null })],
    ]);
    expect(types(run.turns[0]?.happenings)).toEqual(['agent_started', 'agent_thinking', 'tool_executing']);
    expect(types(run.users[0]?.strays)).toEqual(['agent_completed', 'agent_completed']);
  });

  it('on a later connection that asks again are of its question', () => {
    const run = read([
      ...first,
      ['bob', closed],
      ['again', joined('bob')],
      ['again', opened],
      ['again', asked('again#1')],
      ['again', event('agent_completed', { recovered: true, run_id: 'r-any' })],
    ]);
    expect(types(run.turns[1]?.happenings)).toEqual(['agent_completed']);
  });
});

describe('a profile whose events partly come from our own frames', () => {
  const derived: Profile = {
    ...netra,
    decode: (text, direction) => {
      const [meaning] = netra.decode(text, 'from-target');
      if (direction === 'from-target' || meaning.kind !== 'event') return [meaning];
      return [{ kind: 'event', event: { ...meaning.event, origin: 'client-derived' } }];
    },
  };

  it('finds them where they were sent', () => {
    const output = sent('{"type":"tool_completed","tool_name":"search"}');
    const run = read(
      [
        ['bob', output],
        ['bob', asked('bob#1')],
        ['bob', event('tool_executing')],
        ['bob', output],
      ],
      derived,
    );
    expect(run.turns[0]?.happenings.map(({ at, event: { type, origin } }) => [at.kind, type, origin])).toEqual([
      ['received', 'tool_executing', 'server'],
      ['sent', 'tool_completed', 'client-derived'],
    ]);
    expect(types(run.users[0]?.strays)).toEqual(['tool_completed']);
  });
});

describe('a turn that goes on over another connection', () => {
  const resumed = (turn: string): Sighting => ({ kind: 'resumed', turn });
  const lost: readonly (readonly [string, Sighting])[] = [
    ['bob', joined('bob')],
    ['bob', opened],
    ['bob', asked('bob#1')],
    ['bob', sent('{"run_id":"r-own"}')],
    ['bob', event('agent_started')],
    ['bob', closed],
  ];

  it('holds what came on both, marked as recovered or not, and is settled on the later one', () => {
    const run = read([
      ...lost,
      ['bob', joined('bob')],
      ['bob', opened],
      ['bob', resumed('bob#1')],
      ['bob', event('tool_executing', { recovered: true, run_id: null })],
      ['bob', event('agent_completed')],
      ['bob', settled('bob#1')],
    ]);
    expect(run.turns).toHaveLength(1);
    const [turn] = run.turns;
    expect(types(turn?.happenings)).toEqual(['agent_started', 'tool_executing', 'agent_completed']);
    expect(turn).toMatchObject({ settled: { because: 'quiet' }, resumed: [{ seq: 8 }] });
    const [first, second] = run.users;
    expect([types(first?.happenings), types(second?.happenings)]).toEqual([
      ['agent_started'],
      ['tool_executing', 'agent_completed'],
    ]);
    expect([first?.resumed, second?.resumed?.turn, second?.turns, second?.strays]).toEqual([null, 'bob#1', [], []]);
  });

  it('was asked before, and by the same persona', () => {
    const run = read([
      ...lost,
      ['carol', joined('carol')],
      ['carol', opened],
      ['carol', resumed('bob#1')],
      ['carol', event('agent_completed')],
      ['dave', joined('dave')],
      ['dave', opened],
      ['dave', resumed('dave#1')],
      ['dave', event('agent_completed')],
    ]);
    expect(types(run.turns[0]?.happenings)).toEqual(['agent_started']);
    expect(run.users.map(({ resumed, strays }) => [resumed, strays.length])).toEqual([
      [null, 0],
      [null, 1],
      [null, 1],
    ]);
  });

  it('is over on that connection when the next is asked there', () => {
    const run = read([
      ...lost,
      ['bob', joined('bob')],
      ['bob', opened],
      ['bob', resumed('bob#1')],
      ['bob', event('agent_completed')],
      ['bob', asked('bob#2')],
      ['bob', event('agent_started')],
    ]);
    expect(run.turns.map(({ happenings }) => types(happenings))).toEqual([
      ['agent_started', 'agent_completed'],
      ['agent_started'],
    ]);
  });

  it('takes no names of other sessions for its own', () => {
    const both = ['alice', 'bob'].flatMap((who): readonly (readonly [string, Sighting])[] => [
      [who, joined(who)],
      [who, opened],
      [who, asked('t1')],
    ]);
    const run = read([...both, ['bob', settled('t1')]]);
    expect(run.turns.map(({ session, settled }) => [session, settled !== null])).toEqual([
      ['alice', false],
      ['bob', true],
    ]);
  });
});
