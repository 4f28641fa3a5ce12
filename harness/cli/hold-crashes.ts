/** What would have ended the process. */
export type Crash = { readonly error: unknown };

/**
 * While a run is on, an error that nobody caught ends that run and not the process: what was seen is still to be judged and
 * written. `happened` resolves with the first; `release` gives the process back to whoever listened before.
 */
export function holdCrashes(): { readonly happened: Promise<Crash>; readonly release: () => void } {
  const { promise: happened, resolve } = Promise.withResolvers<Crash>();
  const onCrash = (error: unknown): void => resolve({ error });
  const exceptions = process.listeners('uncaughtException');
  const rejections = process.listeners('unhandledRejection');
  process.removeAllListeners('uncaughtException').removeAllListeners('unhandledRejection');
  process.on('uncaughtException', onCrash).on('unhandledRejection', onCrash);
  return {
    happened,
    release: () => {
      process.off('uncaughtException', onCrash).off('unhandledRejection', onCrash);
      for (const listener of exceptions) process.on('uncaughtException', listener);
      for (const listener of rejections) process.on('unhandledRejection', listener);
    },
  };
}
