import { dial } from '../session/dial.ts';
import type { Rig } from '../session/rig.ts';
import type { Credential, Wallet } from '../target/credentials.ts';
import type { Persona } from '../target/personas.ts';
import { healthProbe } from './health-probe.ts';

/** The session under which waiting is noted; each try to connect has one of its own, `readiness-1` and so on. */
const READINESS = 'readiness';
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1000;

type Patience = { readonly wallet: Wallet; readonly persona: Persona; readonly limitMs: number };
type Readiness = { readonly ready: boolean; readonly tookMs: number; readonly lied: boolean };

/**
 * Waits for a cold target: asks its health, then opens a connection, until a welcome comes or the time is up. `ready: false`
 * is no verdict: the ladder says what is wrong. Notes how long it took, and readiness that lied (health green, socket refused).
 */
export async function waitForReady(rig: Rig, of: Patience): Promise<Readiness> {
  const { clock, recorder } = rig;
  const startedMs = clock.nowMs();
  const cut = new AbortController();
  const cancel = clock.after(of.limitMs, () => cut.abort());
  recorder.note(READINESS, { kind: 'joined', persona: of.persona.name, role: 'probe' });
  try {
    const bounded = { ...rig, signal: AbortSignal.any([rig.signal, cut.signal]) };
    const { ready, lied, tries } = await poll(bounded, of);
    const tookMs = clock.nowMs() - startedMs;
    note(
      rig,
      `${ready ? 'ready' : 'not ready'} after ${Math.round(tookMs)} ms and ${tries} ${tries === 1 ? 'try' : 'tries'}`,
    );
    return { ready, tookMs, lied };
  } finally {
    cancel();
  }
}

async function poll(
  rig: Rig,
  of: Patience,
): Promise<{ readonly ready: boolean; readonly lied: boolean; readonly tries: number }> {
  let lied = false;
  for (let tries = 1; ; tries += 1) {
    const health = await healthProbe(rig, READINESS, 'backend-health');
    // Health lies both ways: whatever answers may let us in. Only where nobody is at home on the same port is knocking idle.
    const idle = health.answer === null && rig.settings.httpUrl.host === rig.settings.wsUrl.host;
    if (!idle && (await isWelcomed(rig, of, tries))) return { ready: true, lied, tries };
    if (health.ok && !lied && !rig.signal.aborted) {
      lied = true;
      note(rig, 'readiness lied: health was green, and no connection was welcomed');
    }
    if (rig.signal.aborted) return { ready: false, lied, tries };
    await pause(rig, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1)));
    if (rig.signal.aborted) return { ready: false, lied, tries };
  }
}

function pause(rig: Rig, pauseMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      cancel();
      rig.signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = rig.clock.after(pauseMs, done);
    rig.signal.addEventListener('abort', done, { once: true });
  });
}

function note(rig: Rig, text: string): void {
  rig.recorder.note(READINESS, { kind: 'noted', topic: 'readiness', text });
}

async function isWelcomed(rig: Rig, { wallet, persona }: Patience, number: number): Promise<boolean> {
  const result = await wallet.obtain(persona);
  if (!result.ok) return false;
  const credential: Credential | null = result.credential;
  const name = `${READINESS}-${number}`;
  const session = await dial(rig, { session: name, persona: persona.name, role: 'probe', credential, tries: 1 });
  try {
    return session.open && (await session.welcomed());
  } finally {
    await session.close();
  }
}
