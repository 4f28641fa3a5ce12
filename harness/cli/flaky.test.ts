import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command, documentOf } from '../../fixtures/command.ts';
import { type EmbeddedTarget, startTarget } from '../../fixtures/target/embedded-target.ts';

let targets: readonly EmbeddedTarget[];
beforeAll(async () => {
  targets = await Promise.all([0, 1].map(() => startTarget({ faults: ['503-on-upgrade:first=1'] })));
});
afterAll(() => Promise.all(targets.map((target) => target.stop())));

describe.concurrent('a target whose platform refuses the first connection only', () => {
  it.each([
    ['passes, and says that it took a second try', 0, [], ['passed', null, 0]],
    ['is what the first try was under --fail-on-flaky', 1, ['--fail-on-flaky'], ['blocked', 'service-unavailable', 2]],
  ] as const)('%s', async (_what, index, flags, expected) => {
    const url = targets[index]?.wsUrl ?? '';
    const ended = await command(['smoke', '--scenario', 'golden-path', '--url', url, '--json', '--quiet', ...flags]);
    const { outcome, cause, exitCode, flaky, attempts } = documentOf(ended);
    expect([outcome, cause, ended.code]).toEqual(expected);
    expect([exitCode, flaky, attempts]).toEqual([ended.code, true, 2]);
  });
});
