import type { Rig } from '../session/rig.ts';
import { troubleOf } from '../target/trouble.ts';
import { OWN_CODES, type Phase, type Trouble } from '../timeline/observation.ts';

/** What an errand came to, or the trouble that it met; `phase` is asked when it ends badly. `atMostMs`: less patience than for a dial. */
export type Errand<T> = {
  readonly phase: () => Phase;
  readonly run: (signal: AbortSignal) => Promise<T>;
  readonly atMostMs?: number;
};

/** Runs an errand within the deadline of a dial (connect max and grace), or less, and the run's own time. Never rejects. */
export async function within<T>(
  rig: Rig,
  errand: Errand<T>,
): Promise<{ readonly value: T; readonly trouble: null } | { readonly value: null; readonly trouble: Trouble }> {
  const limitMs = Math.min(
    rig.settings.budgets.connect.maxMs + rig.settings.graceMs,
    errand.atMostMs ?? Number.POSITIVE_INFINITY,
  );
  const cut = new AbortController();
  let expired: string | null = null;
  const expire = (why: string): void => {
    expired ??= why;
    cut.abort();
  };
  const cancel = rig.clock.after(limitMs, () => expire(`no complete answer within ${limitMs} ms`));
  const onAbort = (): void => expire('the time of the whole run was up');
  rig.signal.addEventListener('abort', onAbort, { once: true });
  if (rig.signal.aborted) onAbort();
  const ended = new Promise<never>((_resolve, reject) => {
    cut.signal.addEventListener('abort', () => reject(new Error('cut')), { once: true });
    if (cut.signal.aborted) reject(new Error('cut'));
  });
  try {
    return { value: await Promise.race([errand.run(cut.signal), ended]), trouble: null };
  } catch (error) {
    const phase = errand.phase();
    if (expired === null) return { value: null, trouble: troubleOf(error, phase) };
    return { value: null, trouble: { phase, code: OWN_CODES.deadline, message: expired } };
  } finally {
    cancel();
    rig.signal.removeEventListener('abort', onAbort);
  }
}
