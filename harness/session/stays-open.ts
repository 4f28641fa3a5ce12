import { Latch } from './latch.ts';
import type { Rig } from './rig.ts';
import type { Session } from './session.ts';
import { waitAtMost } from './wait-at-most.ts';

/** Watches a connection for so long: `true` where it still stands then; it ends with the connection or the run. */
export async function staysOpen(rig: Rig, session: Session, forMs: number): Promise<boolean> {
  const over = new Latch();
  const stop = rig.recorder.watch((seen) => {
    if (seen.kind === 'closed' && seen.session === session.name) over.settle(false);
  });
  if (!session.open) over.settle(false);
  await waitAtMost(rig, forMs, over);
  stop();
  return session.open;
}
