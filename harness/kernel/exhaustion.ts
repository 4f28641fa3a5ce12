const CODES: ReadonlySet<unknown> = new Set(['EMFILE', 'ENFILE']);
const WORDS = /\bE[MN]FILE\b|too many open files/i;

/** What to do where no file descriptor is left. */
export const MORE_DESCRIPTORS = 'raise the limit of open files (ulimit -n 1024), or end what holds them';

/** Whether an error, or the words of one, says that this process or machine has no file descriptor left. */
export function isExhaustion(error: unknown): boolean {
  if (typeof error === 'string') return WORDS.test(error);
  if (typeof error !== 'object' || error === null) return false;
  if ('code' in error && CODES.has(error.code)) return true;
  if ('message' in error && typeof error.message === 'string' && WORDS.test(error.message)) return true;
  return 'cause' in error && error.cause !== error && isExhaustion(error.cause);
}
