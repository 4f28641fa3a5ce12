import type { HarnessErrorCode } from '../kernel/errors.ts';
import { HARNESS_ERRORS } from '../kernel/errors.ts';
import { logSafe } from '../report/log-safe.ts';
import type { Refusal } from '../report/refusal-document.ts';
import { version } from '../target/version.ts';
import { type PrintFlags, printDocument } from './print-document.ts';

/** Ends a command before any run: all problems at once, each with what to do, and the code's exit. */
export async function refuse(
  code: HarnessErrorCode,
  problems: readonly Refusal[],
  flags: PrintFlags,
  known: { readonly environment?: string | null; readonly scenario?: string | null } = {},
): Promise<number> {
  const [first = { message: 'the harness cannot go on', hint: '' }, ...rest] = problems;
  const { refusalDocument } = await import('../report/refusal-document.ts');
  const document = refusalDocument({
    code,
    problems: [first, ...rest],
    harness: { version: version(), node: process.versions.node },
    ...known,
  });
  if (flags.json) return printDocument(document, flags);
  for (const { message, hint } of [first, ...rest])
    process.stderr.write(`${logSafe(message)}\n${hint === '' ? '' : `  ${logSafe(hint)}\n`}`);
  return HARNESS_ERRORS[code].exit;
}
