import { saysOrigin } from '../protocol/wording.ts';
import type { Rig } from '../session/rig.ts';
import type { Session } from '../session/session.ts';
import type { Wallet } from '../target/credentials.ts';
import { limitMet } from '../timeline/limit-met.ts';
import type { Facts } from '../timeline/observation.ts';
import type { Run, SessionRecord } from '../timeline/run.ts';
import { wasUnwell } from '../timeline/was-unwell.ts';
import { agentOverHttp } from './agent-over-http.ts';
import { askWithoutToken } from './ask-without-token.ts';
import { clientCertificate, isBareRefusal } from './client-certificate.ts';
import { controlLookup } from './control-lookup.ts';
import { freshUser } from './fresh-user.ts';
import { healthProbe } from './health-probe.ts';
import { otherOrigin } from './other-origin.ts';
import { ownClock } from './own-clock.ts';
import { ownResources } from './own-resources.ts';
import { isUngreeted, plainOnPort } from './plain-on-port.ts';
import { repeatRequest } from './repeat-request.ts';
import { type Trouble, troubleIn } from './session-trouble.ts';
import { tlsOnPort } from './tls-on-port.ts';
import { upgradeProbe } from './upgrade-probe.ts';
import { whetherItListens } from './whether-it-listens.ts';

/** What is asked about, and with what. */
type Matter = {
  readonly rig: Rig;
  /** With all of the settings' patience: what a run takes. */
  readonly patient: Rig;
  readonly wallet: Wallet;
  readonly run: Run;
};

/** How long a follow-up waits for an answer or an upgrade at most: whoever is well has given one by then, and a report must not take for ever. */
const LONGEST_MS = 3000;

function brief(rig: Rig): Rig {
  const { settings } = rig;
  const { connect } = settings.budgets;
  const maxMs = Math.min(connect.maxMs + settings.graceMs, LONGEST_MS);
  return {
    ...rig,
    settings: { ...settings, graceMs: 0, budgets: { ...settings.budgets, connect: { ...connect, maxMs } } },
  };
}

/**
 * Asks what only the moment after a failure can tell, once per run and only after one: our own descriptors and clock, health,
 * a fresh upgrade, the upgrade without its token or `Origin`, a control look-up, what the port speaks, the same request again,
 * and, where allowed, the agent over HTTP. What it finds is in the timeline; it decides nothing.
 */
export async function followUp(
  rig: Rig,
  of: {
    readonly run: Run;
    readonly wallet: Wallet;
    /** Sessions whose trouble was asked for: nobody follows that up. */
    readonly except?: ReadonlySet<string>;
  },
): Promise<void> {
  const sessions = of.run.sessions.filter(({ role, session }) => role !== 'probe' && !of.except?.has(session));
  const troubled = sessions.flatMap(withTrouble);
  const [first] = troubled;
  if (first === undefined || rig.signal.aborted) return;
  const matter = { rig: brief(rig), patient: rig, wallet: of.wallet, run: of.run };
  await ownResources(rig, first.session.session);
  const done = new Set<Trouble>();
  for (const { session, trouble } of troubled) {
    if (done.has(trouble) || rig.signal.aborted) continue;
    done.add(trouble);
    await ask(matter, session, trouble);
  }
  if (rig.signal.aborted) return;
  // Who never reached the socket's door has met trouble that no answer of the agent would weigh against.
  const knocked = troubled.find(({ trouble }) => trouble !== 'unclimbed');
  if (knocked) await agentOverHttp(rig, of.wallet, knocked.session.session);
  ownClock(rig, first.session.session, of.run.header);
}

function withTrouble(
  session: SessionRecord,
): readonly { readonly session: SessionRecord; readonly trouble: Trouble }[] {
  const trouble = troubleIn(session);
  return trouble === null ? [] : [{ session, trouble }];
}

async function ask({ rig, patient, wallet, run }: Matter, on: SessionRecord, trouble: Trouble): Promise<void> {
  const { session: name } = on;
  const asked = run.observations.some(
    (seen) => seen.kind === 'probed' && (seen.probe === 'without-token' || seen.probe === 'control-lookup'),
  );
  switch (trouble) {
    case 'unclimbed':
      return;
    case 'unauthorised':
      if (!asked) await askWithoutToken(rig, name);
      await otherOrigin(rig, wallet, on);
      return;
    case 'unresolved':
      if (!asked) await controlLookup(rig, name);
      return;
    case 'unspoken':
      if (hasAnsweredPlainly(run)) await healthProbe(rig, name, 'backend-health');
      else await tlsOnPort(rig, name);
      return;
    case 'unopened':
      if (isBareTlsRefusal(on)) await clientCertificate(rig, name);
      else if (isUngreetedDial(on)) await plainOnPort(rig, name);
      else await healthProbe(rig, name, 'backend-health');
      if (refusalOf(on) === BAD_REQUEST) await otherOrigin(rig, wallet, on);
      return;
    case 'silent':
      await fresh(rig, wallet, name, whetherItListens(rig));
      return;
    case 'cut':
    case 'vanished': {
      const { opened, health } = await fresh(rig, wallet, name);
      if (on.closed?.code === POLICY_VIOLATION || saysOriginRefused(on)) await otherOrigin(rig, wallet, on);
      const seq = on.closed?.seq ?? 0;
      const fell = health !== null && health >= 500 && !wasUnwell(run.observations, seq);
      if (opened && !fell && trouble === 'vanished' && !isCutByLimit(on)) await repeatRequest(patient, wallet, name);
      return;
    }
    default:
      trouble satisfies never;
  }
}

const POLICY_VIOLATION = 1008;
/** What some servers say to an `Origin` that they do not want. */
const BAD_REQUEST = 400;

/** The target said before it closed that it does not want our `Origin`. */
function saysOriginRefused({ frames }: SessionRecord): boolean {
  return frames.some(({ meanings }) =>
    meanings.some((meaning) => meaning.kind === 'error' && saysOrigin(`${meaning.message} ${meaning.code ?? ''}`)),
  );
}

/** A limit that is met explains the end, and the request once more would only meet it again. */
function isCutByLimit({ observations, opened, closed }: SessionRecord): boolean {
  return opened !== null && closed !== null && limitMet(observations, opened, closed) !== null;
}

function refusalOf({ observations }: SessionRecord): number | null {
  const last = observations.findLast(({ kind }) => kind === 'refused' || kind === 'failed');
  return last?.kind === 'refused' ? last.answer.status : null;
}

function isBareTlsRefusal({ observations }: SessionRecord): boolean {
  const last = observations.findLast(({ kind }) => kind === 'failed');
  return last?.kind === 'failed' && last.phase === 'tls' && isBareRefusal(last.code, last.message);
}

function isUngreetedDial({ observations }: SessionRecord): boolean {
  const last = observations.findLast(({ kind }) => kind === 'failed');
  return last?.kind === 'failed' && isUngreeted(last);
}

/** The port of the socket has answered plain HTTP before: what it speaks is known. */
function hasAnsweredPlainly(run: Run): boolean {
  return run.observations.some(
    (seen) => seen.kind === 'probed' && seen.probe === 'socket-health' && seen.answer !== null,
  );
}

/** Whether the target still answers: its health (the status, where one came), and a fresh connection of a fresh user at the same time. */
async function fresh(
  rig: Rig,
  wallet: Wallet,
  on: string,
  then?: (session: Session) => Promise<Facts>,
): Promise<{ readonly opened: boolean; readonly health: number | null }> {
  const upgrade = async (): Promise<boolean> => {
    const { persona, credential } = await freshUser(rig, wallet, on);
    return await upgradeProbe(rig, on, 'fresh-upgrade', { persona, credential }, then);
  };
  const [health, opened] = await Promise.all([healthProbe(rig, on, 'backend-health'), upgrade()]);
  return { opened, health: health.answer?.status ?? null };
}
