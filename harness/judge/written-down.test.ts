import { expect, it } from 'vitest';
import { ENDS } from '../../fixtures/oddities/ends.ts';
import { PINGS } from '../../fixtures/oddities/pings.ts';
import { RECONNECTS } from '../../fixtures/oddities/reconnects.ts';
import { TIMES } from '../../fixtures/oddities/times.ts';
import { TOKEN_FATES } from '../../fixtures/oddities/token-fates.ts';
import { TOOLS_AND_FRAMES } from '../../fixtures/oddities/tools-and-frames.ts';
import { WHOSE } from '../../fixtures/oddities/whose.ts';
import { PLIGHTS } from '../../fixtures/plights.ts';
import { runOf, type Timeline } from '../../fixtures/timeline.ts';
import type { TimelineBuilder } from '../../fixtures/timeline-builder.ts';
import { judge } from './judge.ts';
import { measureLegs } from './legs.ts';
import type { Ruling } from './rule.ts';
import { fateOf } from './token-fate.ts';

function words(ruling: Ruling): string {
  switch (ruling.outcome) {
    case 'pass':
      return `pass: ${ruling.evidence.map(({ seq }) => seq).join(' ')}`;
    case 'fail':
      return `FAIL: ${ruling.violations.map(({ expected, actual, at }) => `${expected}: ${actual} [${at.join(' ')}]`).join('; ')}`;
    case 'inconclusive':
    case 'not-applicable':
      return `${ruling.outcome}: ${ruling.reason}`;
    default:
      return ruling satisfies never;
  }
}

/** The rulings of the rules of these themes (all: none given), the rules that say the same in one line. */
function rulings(timeline: Timeline, themes: readonly string[] = []): ReadonlyMap<string, readonly string[]> {
  const said = new Map<string, string[]>();
  for (const { rule, ruling } of judge(runOf(timeline))) {
    const [theme = ''] = rule.id.split('/');
    if (themes.length > 0 && !themes.includes(theme)) continue;
    said.set(words(ruling), [...(said.get(words(ruling)) ?? []), rule.id]);
  }
  return said;
}

function legs(timeline: Timeline): readonly string[] {
  const measured = measureLegs(runOf(timeline)).filter(({ state }) => state !== 'unmeasured');
  return measured.map(({ leg, tookMs, state }) => `  ${leg}: ${tookMs?.toFixed(1)} ms ${state}`);
}

function entry(name: string, timeline: Timeline, themes?: readonly string[]): string {
  const lines = [...rulings(timeline, themes)].map(([said, ids]) => `  ${ids.join(', ')}: ${said}`);
  return [name, ...lines, ...(themes?.includes('promptness') ? legs(timeline) : [])].join('\n');
}

function stored(named: { readonly [name: string]: TimelineBuilder }): readonly (readonly [string, Timeline])[] {
  return Object.entries(named).map(([name, built]) => [name, built.stored()]);
}

it('every ruling on every kind of run is as it was written down', async () => {
  const text = PLIGHTS.map(([name, timeline]) => entry(name, timeline)).join('\n\n');
  await expect(`${text}\n`).toMatchFileSnapshot('../../fixtures/written-down/plights.txt');
});

it.each([
  ['whose', WHOSE, ['identity', 'wire']],
  ['ends', ENDS, ['admission', 'lifecycle', 'closure']],
  ['tools-and-frames', TOOLS_AND_FRAMES, ['tools', 'payload', 'wire']],
  ['pings', PINGS, ['liveness']],
  ['times', TIMES, ['promptness']],
  ['reconnects', RECONNECTS, ['recovery', 'lifecycle', 'admission', 'closure', 'identity']],
])('every ruling at the edges of what a rule looks for is as it was written down: %s', async (file, cases, themes) => {
  const text = stored(cases).map(([name, timeline]) => entry(name, timeline, themes));
  await expect(`${text.join('\n\n')}\n`).toMatchFileSnapshot(`../../fixtures/written-down/${file}.txt`);
});

it('what became of a token that must be refused is as it was written down', async () => {
  const text = stored(TOKEN_FATES).map(([name, timeline]) => {
    const fate = JSON.stringify(fateOf(runOf(timeline), 'expired'), (key, value: unknown) =>
      ['dialled', 'at', 'closed'].includes(key) ? seqs(value) : value,
    );
    return `${entry(name, timeline)}\n  fate: ${fate}`;
  });
  await expect(`${text.join('\n\n')}\n`).toMatchFileSnapshot('../../fixtures/written-down/token-fates.txt');
});

function seqs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(seqs);
  return typeof value === 'object' && value !== null && 'seq' in value ? value.seq : value;
}
