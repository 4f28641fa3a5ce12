/** Why the harness itself cannot do its job: each code with the exit code it ends a command with (CLI contract). */
export const HARNESS_ERRORS = {
  usage: { exit: 64 },
  'config-invalid': { exit: 3 },
  'secret-missing': { exit: 3 },
  'harness-crashed': { exit: 3 },
  'client-exhausted': { exit: 3 },
  'nothing-judged': { exit: 3 },
  interrupted: { exit: 130 },
} as const;

export type HarnessErrorCode = keyof typeof HARNESS_ERRORS;

/** The harness cannot do its job and knows why; `message` is one sentence, `hint` says what to do next. */
export class HarnessError extends Error {
  readonly code: HarnessErrorCode;
  readonly hint: string;

  constructor(code: HarnessErrorCode, message: string, hint: string) {
    super(message);
    this.name = 'HarnessError';
    this.code = code;
    this.hint = hint;
  }

  /** The exit code that a command ends with when this error reaches its top. */
  get exit(): number {
    return HARNESS_ERRORS[this.code].exit;
  }
}
