import { describe, expect, it } from 'vitest';
import { command, documentOf } from '../../fixtures/command.ts';
import { startTarget, type TargetOptions } from '../../fixtures/target/embedded-target.ts';
import { listFaults } from '../../fixtures/target/faults.ts';
import { TOKEN_KINDS, type TokenKind } from '../timeline/token-kinds.ts';

/** Outcome, cause and exit code; then which tokens were let in. */
async function judged(options: TargetOptions, args: readonly string[] = ['doctor', '--tokens']) {
  const target = await startTarget(options);
  try {
    const env = { JWT_SECRET_KEY: target.jwtSecret };
    const ended = await command([...args, '--url', target.wsUrl, '--json', '--quiet', '--out', '-'], { env });
    const { outcome, cause, tokens } = documentOf(ended);
    expect(tokens?.map((token) => token.kind)).toEqual([...TOKEN_KINDS]);
    const letIn = (tokens ?? []).filter((token) => token.outcome === 'let-in').map((token) => token.kind);
    expect(tokens?.every((token) => token.outcome === 'refused' || token.outcome === 'let-in')).toBe(true);
    return [outcome, cause, ended.code, letIn];
  } finally {
    await target.stop();
  }
}

const DIALECTS = ['october', 'beta17', 'beta12'] as const;
/** What else one forgotten check lets in, besides the token of its own name. */
const ALSO: { readonly [accepts: string]: readonly TokenKind[] } = {
  'wrong-key': ['truncated', 'no-signature', 'wrong-user', 'wrong-key'],
};

describe.concurrent('the embedded target', () => {
  it('asked as it is, tries every one of them with its own secret and passes', async () => {
    const ended = await command(['doctor', '--tokens', '--json', '--quiet']);
    const { outcome, tokens } = documentOf(ended);
    expect([ended.code, outcome, tokens?.map((token) => token.outcome)]).toEqual([
      0,
      'passed',
      TOKEN_KINDS.map(() => 'refused'),
    ]);
  });

  it.each(DIALECTS)('refuses every token that must be refused in dialect %s', async (dialect) => {
    expect(await judged({ dialect })).toEqual(['passed', null, 0, []]);
  });

  it.each(DIALECTS)('lets everybody in where it is permissive, in dialect %s', async (dialect) => {
    const found = await judged({ dialect, faults: ['permissive'] }, ['smoke', '--scenario', 'tokens']);
    expect(found).toEqual(['failed', 'target-permissive', 1, [...TOKEN_KINDS]]);
  });

  const variants = listFaults()
    .filter(({ name }) => name === 'permissive')
    .flatMap(({ variants }) => variants.map(({ choice }) => choice))
    .filter((choice) => choice.includes('='));

  it.each(variants.flatMap((choice) => DIALECTS.map((dialect) => [choice, dialect] as const)))(
    'of the fault %s in dialect %s is known by that',
    async (choice, dialect) => {
      const accepts = choice.split('=')[1] ?? '';
      const letIn = ALSO[accepts] ?? [accepts];
      expect(await judged({ dialect, faults: [choice] })).toEqual(['failed', 'target-permissive', 1, letIn]);
    },
  );
});
