/** Why a run was cut short; the reason of its abort signal. */
export type Cut = 'timeout' | 'interrupted';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A signal that aborts with `timeout` after so long, and with `interrupted` at Ctrl-C or a polite kill; a second Ctrl-C ends the process at once. */
export function cutAfter(timeoutMs: number): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort('timeout' satisfies Cut), timeoutMs);
  let asked = 0;
  const onSignal = (): void => {
    asked += 1;
    if (asked > 1) process.exit(130);
    process.stderr.write('\ninterrupted: closing sockets and writing what was seen; once more ends at once\n');
    controller.abort('interrupted' satisfies Cut);
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return {
    signal: controller.signal,
    release: () => {
      clearTimeout(timer);
      for (const name of SIGNALS) process.off(name, onSignal);
    },
  };
}
