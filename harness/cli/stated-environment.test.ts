import { afterEach, describe, expect, it } from 'vitest';
import { command, documentOf } from '../../fixtures/command.ts';
import { closeKept, kept } from '../../fixtures/dials.ts';
import { sayJson, wholeTarget } from '../../fixtures/whole-target.ts';

afterEach(closeKept);

const SECRET = { JWT_SECRET_KEY: 'only-for-this-test-0123456789abcdef-0123456789' };

/** A healthy target that says which environment it is. */
const saying = async (environment: string) =>
  kept(
    await wholeTarget({
      onHttp(_request, response) {
        response.setHeader('X-Environment', environment);
        sayJson(response, 200, { status: 'ok' });
      },
    }),
  );

describe('a target that says that it is production, behind a name and a host that do not', () => {
  it.each([
    ['smoke', []],
    ['doctor', []],
    ['smoke', ['--scenario', 'golden-path']],
    ['smoke', ['--scenario', 'two-users']],
    ['smoke', ['--wait-for-ready', '1']],
  ])('is sent no credential by %s %j', async (name, flags) => {
    const target = await saying('production');
    const args = [name, '--url', target.url, '--json', '--quiet', '--out', '-', ...flags];
    const ended = await command(args, { env: SECRET });
    const { outcome, domain, cause, summary, hint } = documentOf(ended);
    expect([ended.code, outcome, domain, cause]).toEqual([3, 'unproven', 'harness', 'config-invalid']);
    expect(summary).toMatch(/the target says that it is "production", and the environment is local/);
    expect(hint).toMatch(/^name the environment that the target belongs to/);
    expect(target.asked.filter((line) => !line.startsWith('GET /') || line.includes('/auth/'))).toEqual([]);
  });
});

describe('a target that says that it is something harmless', () => {
  it('is asked as ever', async () => {
    const target = await saying('development');
    const ended = await command(
      ['smoke', '--scenario', 'golden-path', '--url', target.url, '--json', '--quiet', '--out', '-'],
      { env: SECRET },
    );
    expect(documentOf(ended).cause).not.toBe('config-invalid');
    expect(target.asked).toContain('UPGRADE /ws');
  });
});
