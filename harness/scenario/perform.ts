import { judge } from '../judge/judge.ts';
import { levelOf } from '../judge/rule.ts';
import type { NonEmpty } from '../kernel/list.ts';
import { climb } from '../probe/ladder.ts';
import { troubleIn } from '../probe/session-trouble.ts';
import { askForMissed } from '../session/ask-for-missed.ts';
import { type DialPlan, dial } from '../session/dial.ts';
import type { Rig } from '../session/rig.ts';
import type { Session } from '../session/session.ts';
import { untilWelcomed } from '../session/until-welcomed.ts';
import type { Credential, Wallet } from '../target/credentials.ts';
import { onlyOneUser } from '../target/guards.ts';
import { persona } from '../target/personas.ts';
import type { Header } from '../timeline/header.ts';
import { type Run, readRun } from '../timeline/run.ts';
import type { Scenario } from './scenario.ts';
import type { ConnectPlan } from './stage.ts';

/** One scenario and all that it is acted with. */
export type Performance = {
  readonly scenario: Scenario;
  readonly header: Header;
  readonly rig: Rig;
  readonly wallet: Wallet;
  /** How long a cold target is waited for first; `null`: not at all. */
  readonly patienceMs: number | null;
};

/** Acts a scenario once and closes what it opened. What the target does is in the recorder afterwards; only our own bugs are thrown. */
export async function perform({ scenario, header, rig, wallet, patienceMs }: Performance): Promise<void> {
  const { recorder } = rig;
  const opened: Session[] = [];
  const provoked = new Set<string>();
  let isAnonymous = false;
  const run = (): Run => readRun(header, recorder.observations, rig.profile);
  const broken = (): boolean =>
    rig.signal.aborted ||
    opened.some((session) => !session.open && !provoked.has(session.name)) ||
    judge(run()).some(({ rule, ruling }) => levelOf(rule) === 'MUST' && ruling.outcome === 'fail');

  /** `null` when this persona gets no credentials, which is in the timeline then. */
  const credentialOf = async (name: string): Promise<{ readonly credential: Credential | null } | null> => {
    const obtained = await wallet.obtain(persona(name, rig.runId));
    if (obtained.ok) {
      isAnonymous ||= obtained.credential === null;
      return { credential: obtained.credential };
    }
    const { answer, trouble, tookMs, detail, facts } = obtained;
    recorder.note(name, { kind: 'joined', persona: name, role: 'user' });
    recorder.note(name, {
      kind: 'probed',
      rung: 'credentials',
      probe: 'rung',
      ok: false,
      answer,
      trouble,
      tookMs,
      detail,
      facts,
    });
    return null;
  };
  const open = async (name: string, credential: Credential | null, plan: ConnectPlan = {}): Promise<Session> => {
    const { provoked: isProvoked, early: isEarly, ...departures } = plan;
    if (isProvoked) provoked.add(plan.session ?? name);
    const dialPlan: DialPlan = { session: name, persona: name, role: 'user', credential, ...departures };
    const first = await dial(rig, dialPlan);
    const isPlain = !isEarly && !isProvoked && plan.resumes === undefined;
    const session = isPlain ? await untilWelcomed(rig, dialPlan, first) : first;
    opened.push(session);
    if (!isEarly && session.open && !(await session.welcomed())) await session.close();
    if (plan.resumes !== undefined) askForMissed(rig, session, plan.resumes);
    return session;
  };
  const connectApart = async (names: NonEmpty<string>): Promise<readonly Session[]> => {
    const notAsked = (text: string): readonly Session[] => {
      recorder.note('harness', { kind: 'noted', topic: 'isolation', text: `isolation not asked: ${text}` });
      return [];
    };
    const { environment, wsUrl, httpUrl, authUrl } = rig.settings;
    if (onlyOneUser(environment, [wsUrl, httpUrl, authUrl], undefined))
      return notAsked('production is asked by one user');
    if (!wallet.distinctUsers) return notAsked('these credentials give one user only');
    if (isAnonymous) return notAsked('without a token everybody is the same user');
    if (broken()) return [];
    const all = await Promise.all(names.map(credentialOf));
    const found = all.filter((one) => one !== null);
    if (found.length < all.length) return [];
    const subjects = found.map((one) => one.credential?.subject ?? null);
    if (subjects.includes(null) || new Set(subjects).size < names.length)
      return notAsked('the target made one user of several personas');
    return Promise.all(names.map((name, index) => open(name, found[index]?.credential ?? null)));
  };

  try {
    if (patienceMs !== null) {
      const { waitForReady } = await import('../probe/wait-for-ready.ts');
      await waitForReady(rig, { wallet, persona: persona('alice', rig.runId), limitMs: patienceMs });
    }
    await scenario.act({
      rig,
      seen: run,
      climb: async (name) => (await climb(rig, { wallet, persona: persona(name, rig.runId) })).broken === null,
      credential: async (name) => (await credentialOf(name))?.credential ?? null,
      connect: async (name, plan) => {
        if (plan?.credential !== undefined) return open(name, plan.credential, plan);
        const obtained = await credentialOf(name);
        return obtained === null ? null : open(name, obtained.credential, plan);
      },
      connectApart,
    });
    const seen = run();
    if (
      !rig.signal.aborted &&
      seen.sessions.some((session) => !provoked.has(session.session) && troubleIn(session) !== null)
    ) {
      const { followUp } = await import('../probe/follow-up.ts');
      await followUp(rig, { run: seen, wallet, except: provoked });
    }
  } finally {
    await Promise.all(opened.map((session) => session.close()));
  }
}
