import { z } from 'zod';
import type { Header } from './header.ts';
import { LEGS } from './header.ts';
import type { Observation } from './observation.ts';
import { AUTH_MODES, PHASES, PROBES, ROLES, RUNGS } from './observation.ts';

const place = { seq: z.number(), atMs: z.number(), session: z.string() };
const texts = z.record(z.string(), z.string());
const answer = z.object({ status: z.number(), headers: texts, bodyHead: z.string() });
const trouble = z.object({ phase: z.enum(PHASES), code: z.string(), message: z.string() });
const fact = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string()).readonly()]);

/** Every kind of observation as it is stored; fields that are not named here are dropped when it is read. */
export const OBSERVATION = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('joined'), persona: z.string(), role: z.enum(ROLES), ...place }),
  z.object({
    kind: z.literal('probed'),
    rung: z.enum(RUNGS),
    probe: z.enum(PROBES),
    ok: z.boolean(),
    tookMs: z.number(),
    answer: answer.nullable(),
    trouble: trouble.nullable(),
    facts: z.record(z.string(), fact),
    detail: z.string(),
    ...place,
  }),
  z.object({
    kind: z.literal('credentialed'),
    source: z.enum(AUTH_MODES),
    subject: z.string(),
    expiresAtMs: z.number().nullable(),
    notBeforeMs: z.number().nullable().exactOptional(),
    fingerprint: z.string(),
    ...place,
  }),
  z.object({ kind: z.literal('dialled'), attempt: z.number(), url: z.string(), ...place }),
  z.object({
    kind: z.literal('opened'),
    attempt: z.number(),
    subprotocol: z.string(),
    headers: texts,
    tookMs: z.number(),
    ...place,
  }),
  z.object({ kind: z.literal('refused'), attempt: z.number(), answer, tookMs: z.number(), ...place }),
  z.object({
    kind: z.literal('failed'),
    attempt: z.number(),
    phase: z.enum(PHASES),
    code: z.string(),
    message: z.string(),
    tookMs: z.number(),
    ...place,
  }),
  z.object({ kind: z.literal('asked'), turn: z.string(), intendedAtMs: z.number(), ...place }),
  z.object({ kind: z.literal('sent'), text: z.string(), ...place }),
  z.object({ kind: z.literal('received'), text: z.string(), ...place }),
  z.object({ kind: z.literal('received-binary'), bytes: z.number(), ...place }),
  z.object({ kind: z.literal('pinged'), ...place }),
  z.object({ kind: z.literal('ponged'), ...place }),
  z.object({ kind: z.literal('was-pinged'), ...place }),
  z.object({ kind: z.literal('frame-broken'), code: z.string(), message: z.string(), ...place }),
  z.object({ kind: z.literal('closing'), code: z.number(), ...place }),
  z.object({
    kind: z.literal('closed'),
    code: z.number(),
    reason: z.string(),
    how: z.enum(['frame', 'fin', 'reset', 'timeout', 'local']),
    socketCode: z.string().nullable(),
    ...place,
  }),
  z.object({ kind: z.literal('faulted'), fault: z.string(), towards: z.enum(['client', 'server']), ...place }),
  z.object({
    kind: z.literal('stalled'),
    lateByMs: z.number(),
    frozen: z.boolean(),
    cpuMs: z.exactOptional(z.number()),
    utilisation: z.exactOptional(z.number()),
    sleptMs: z.exactOptional(z.number()),
    ...place,
  }),
  z.object({ kind: z.literal('gave-up'), waitingFor: z.string(), afterMs: z.number(), ...place }),
  z.object({
    kind: z.literal('settled'),
    turn: z.string(),
    because: z.enum(['complete', 'quiet', 'closed', 'gave-up']),
    ...place,
  }),
  z.object({ kind: z.literal('resumed'), turn: z.string(), ...place }),
  z.object({ kind: z.literal('ended'), ...place }),
  z.object({ kind: z.literal('noted'), topic: z.string(), text: z.string(), ...place }),
]) satisfies z.ZodType<Observation>;

const budget = z.object({ targetMs: z.number(), maxMs: z.number() });

/** The first line of a stored timeline. */
export const HEADER = z.object({
  schema: z.string(),
  harness: z.string(),
  node: z.string(),
  startedAt: z.string(),
  startedAtMs: z.number(),
  runId: z.string(),
  scenario: z.string(),
  rules: z.array(z.string()).readonly(),
  profile: z.string(),
  environment: z.string(),
  target: z.object({ wsUrl: z.string(), httpUrl: z.string(), authUrl: z.string() }),
  authMode: z.enum(AUTH_MODES),
  tokenCarrier: z.enum(['header', 'subprotocol', 'both', 'query']),
  testHeaders: z.boolean(),
  tlsUnverified: z.boolean(),
  budgets: z.record(z.enum(LEGS), budget),
  graceMs: z.number(),
  tools: z.enum(['required', 'optional', 'absent']),
  stamps: z.boolean(),
  seed: z.number(),
  traceId: z.string(),
}) satisfies z.ZodType<Header>;

type Exactly<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;

// A field added to a type and forgotten here fails to compile.
true satisfies Exactly<z.infer<typeof OBSERVATION>['kind'], Observation['kind']>;
true satisfies Exactly<z.infer<typeof OBSERVATION>, Observation>;
true satisfies Exactly<z.infer<typeof HEADER>, Header>;
