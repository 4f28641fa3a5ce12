import type { Credential } from '../target/credentials.ts';
import { OWN_CODES, type Role } from '../timeline/observation.ts';
import { attempt, type Call, type Outcome } from './attempt.ts';
import { callOf, publicUrl } from './dial-call.ts';
import { tunnelAgent } from './egress.ts';
import { restMsAfter } from './retry.ts';
import type { Rig } from './rig.ts';
import { Session } from './session.ts';
import { tryAgain } from './try-again.ts';
import type { Turn } from './turn.ts';

/** Who connects, and where the connection departs from the settings. */
export type DialPlan = {
  /** The name of the session in the timeline, unique in a run. */
  readonly session: string;
  readonly persona: string;
  readonly role: Role;
  readonly credential: Credential | null;
  /** How often to try at most; the settings' number where it is left out. */
  readonly tries?: number;
  /** `false`: the token stays at home. */
  readonly withToken?: boolean;
  readonly path?: string;
  readonly origin?: string | null;
  /** The turn of a connection of this persona that we cut, with which this one goes on. */
  readonly resumes?: Turn;
};

/** Connects as this persona and never throws: a session whose dial came to nothing is not `open`, and the timeline says why. */
export async function dial(rig: Rig, plan: DialPlan): Promise<Session> {
  const { recorder } = rig;
  recorder.note(plan.session, { kind: 'joined', persona: plan.persona, role: plan.role });
  const { credential } = plan;
  if (credential !== null) {
    recorder.hide(credential.token);
    const { source, subject, expiresAtMs, notBeforeMs, fingerprint } = credential;
    const from = notBeforeMs === undefined ? {} : { notBeforeMs };
    recorder.note(plan.session, { kind: 'credentialed', source, subject, expiresAtMs, ...from, fingerprint });
  }
  const session = new Session(rig, plan);
  await tryAgain(rig, {
    tries: plan.tries ?? rig.settings.dialTries,
    attempt: (number) => dialOnce(rig, plan, session, number),
    restMs: restMsAfter,
  });
  return session;
}

/** Dials once more by a plan that was dialled before, as its attempt of that number. */
export async function dialAgain(
  rig: Rig,
  plan: DialPlan,
  number: number,
): Promise<{ readonly session: Session; readonly outcome: Outcome }> {
  const session = new Session(rig, plan);
  return { session, outcome: await dialOnce(rig, plan, session, number) };
}

async function dialOnce(rig: Rig, plan: DialPlan, session: Session, number: number): Promise<Outcome> {
  const { recorder } = rig;
  const { outcome, startedMs } = await callAndNote(rig, plan, session, number);
  // A refusal is seen when its head is there; its body, which is read for evidence, may keep us for a while.
  if (outcome.kind !== 'opened')
    recorder.note(plan.session, { ...outcome, attempt: number }, startedMs + outcome.tookMs);
  return outcome;
}

async function callAndNote(
  rig: Rig,
  plan: DialPlan,
  session: Session,
  number: number,
): Promise<{ readonly outcome: Outcome; readonly startedMs: number }> {
  const token = plan.withToken === false ? null : (plan.credential?.token ?? null);
  const aim = {
    token,
    ...(plan.path === undefined ? {} : { path: plan.path }),
    ...(plan.origin === undefined ? {} : { origin: plan.origin }),
  };
  rig.recorder.note(plan.session, { kind: 'dialled', attempt: number, url: publicUrl(rig, aim).href });
  let call: Call;
  try {
    const proxy = rig.settings.proxyFor(rig.settings.wsUrl);
    call = { ...callOf(rig, aim), agent: proxy === null ? null : await tunnelAgent(proxy) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const outcome: Outcome = { kind: 'failed', phase: 'configuration', code: OWN_CODES.unknown, message, tookMs: 0 };
    return { outcome, startedMs: rig.clock.nowMs() };
  }
  const startedMs = rig.clock.nowMs();
  const outcome = await attempt(rig, call, (opening) => {
    const { subprotocol, headers, tookMs } = opening;
    rig.recorder.note(plan.session, { kind: 'opened', attempt: number, subprotocol, headers, tookMs });
    session.takeOver(opening);
  });
  return { outcome, startedMs };
}
