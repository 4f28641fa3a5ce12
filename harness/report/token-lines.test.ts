import { describe, expect, it } from 'vitest';
import { TimelineBuilder } from '../../fixtures/timeline-builder.ts';
import { PASSED } from '../../fixtures/verdict-documents.ts';
import { verdictOf } from '../diagnosis/verdict-of.ts';
import { judge } from '../judge/judge.ts';
import { REFUSALS } from '../judge/rules/refusals.ts';
import { NOT_ASKED, type TokenKind, tokenSession } from '../timeline/token-kinds.ts';
import { verdictDocument } from './document.ts';
import { verdictSchema } from './document-schema.ts';
import { junitXml } from './junit.ts';
import { summaryMarkdown } from './markdown.ts';
import { progressLine } from './progress.ts';
import { ProgressContext } from './progress-context.ts';
import { terminalReport } from './terminal.ts';
import { tokenLines } from './token-lines.ts';

const HARNESS = { version: '0', node: '0', eventLoopDelayMaxMs: null, stalls: 0 };
const good = (timeline: TimelineBuilder) => timeline.on('alice').opened().welcomed().wait(1000).left();

/** A run in which each token came to something else. */
function mixed(garbage: number, words = garbage === 401 ? '{"odd":1}' : ''): TimelineBuilder {
  const timeline = new TimelineBuilder().with({ rules: REFUSALS.map(({ id }) => id) });
  const on = (kind: TokenKind) => timeline.on(tokenSession(kind), 'probe', 'alice');
  on('wrong-issuer').note({ kind: 'noted', topic: NOT_ASKED, text: 'wrong-issuer: no iss' });
  good(timeline);
  on('no-token').refused(401, '{"detail":"Not authenticated"}', { 'content-type': 'application/json' });
  on('empty-token').refused(401, '{"error_code":"NO_TOKEN","error":"x","message":"no token"}');
  on('garbage').refused(garbage, words);
  on('truncated').opened().closed(1008, 'Authentication failed');
  on('no-signature').refused(401);
  on('wrong-user').opened().welcomed().wait(100).closed(1008);
  on('wrong-key')
    .opened()
    .received({ type: 'authentication_error', error: 'bad', error_code: 'AUTH_FAILED' })
    .closed(1011);
  on('alg-none').opened().welcomed().wait(3000).left();
  const named = { type: 'connection_established', data: { user_id: 'demo-user-001' } };
  on('alg-confusion').opened().received(named).wait(3000).left();
  on('expired').refused(503, 'upstream connect error');
  on('not-yet-valid').opened().closed(1011, 'oops');
  on('wrong-audience').failed({ phase: 'upgrade', code: 'ECONNRESET' });
  return good(timeline);
}

function documentOf(timeline: TimelineBuilder) {
  const run = timeline.run();
  const artifacts = { timeline: null, html: null, junit: null };
  return verdictDocument({ run, verdict: verdictOf(run, judge(run)), harness: HARNESS, artifacts });
}

describe('the token matrix', () => {
  const document = documentOf(mixed(401));

  it('says of each token what came of it, where and in which words', () => {
    expect(tokenLines(document).join('\n')).toMatchInlineSnapshot(`
      "no-token        refused    401 at the upgrade, by app    Not authenticated
      empty-token     refused    401 at the upgrade, by app    NO_TOKEN: no token
      garbage         refused    401 at the upgrade, by app    {"odd":1}
      truncated       refused    1008 after it opened          Authentication failed
      no-signature    refused    401 at the upgrade, by server
      wrong-user      refused    1008 after the welcome        let in and thrown out after 100 ms
      wrong-key       refused    1011 after it opened          AUTH_FAILED: bad
      alg-none        LET IN
      alg-confusion   LET IN                                   as demo-user-001
      expired         unproven   503 at the upgrade, by edge   it was answered 503, which is no refusal that can be tied to the token
      not-yet-valid   unproven   1011 after it opened          it was closed with 1011 "oops", which names no token
      wrong-audience  unproven                                 its dial came to ECONNRESET at upgrade
      wrong-issuer    not asked"
    `);
  });

  it('is in the document, the terminal and the markdown, and each ruling is a test case', () => {
    expect(verdictSchema.parse(document)).toEqual(document);
    const terminal = terminalReport(document, { color: false, columns: 200 });
    expect(terminal).toContain('  tokens    no-token        refused');
    const markdown = summaryMarkdown(document, mixed(401).run().header, []);
    expect(markdown).toContain('| alg-confusion | LET IN |  | as demo-user-001 |');
    expect(junitXml(document)).toContain('admission/refuses-alg-none: MUST refuse');
  });

  it('names whoever was let in, with the user they became', () => {
    expect(document.summary).toBe(
      'the target let in 2 of 12 tokens that it has to refuse: alg-none, alg-confusion (as demo-user-001)',
    );
  });

  it('compares the answers to no token and to garbage', () => {
    expect(document.notes).toContain(
      'tokens: no token and garbage are both refused with 401 at the upgrade, by app, in other words: "Not authenticated", and "{\\"odd\\":1}"',
    );
    const alike = mixed(401, '{"detail":"Not authenticated"}');
    expect(documentOf(alike).notes).toContain(
      'tokens: no token and garbage are refused alike: 401 at the upgrade, by app',
    );
    expect(documentOf(mixed(403)).notes).toContain(
      'tokens: no token is refused with 401 at the upgrade, by app, garbage with 403 at the upgrade, by server: they are not told by the same check',
    );
    expect(documentOf(mixed(503)).notes.join()).not.toContain('garbage');
  });

  it('says of a run that passed how many were not asked', () => {
    const rules = REFUSALS.filter(({ id }) => /no-token|expired/.test(id)).map(({ id }) => id);
    const timeline = new TimelineBuilder().with({ rules });
    timeline.on(tokenSession('expired'), 'probe').note({ kind: 'noted', topic: NOT_ASKED, text: 'expired: no key' });
    good(timeline).on(tokenSession('no-token'), 'probe').refused(401);
    expect(documentOf(good(timeline)).summary).toBe('1 promise kept, 1 of the tokens that must be refused not asked');
  });

  it('is told line by line while it is tried', () => {
    const timeline = mixed(401);
    const context = new ProgressContext(timeline.run().profile);
    const lines = timeline.observations().map((seen) => progressLine(seen, context));
    const told = lines.filter((line) => line !== null && !/^(connect|welcome)/.test(line));
    expect(told.join('\n')).toMatchInlineSnapshot(`
      "wrong-issuer       not asked
      no-token           answered       10 ms   HTTP 401
      empty-token        answered       10 ms   HTTP 401
      garbage            answered       10 ms   HTTP 401
      truncated          closed                 1008 Authentication failed
      no-signature       answered       10 ms   HTTP 401
      wrong-user         closed                 1008
      wrong-key          closed                 1011
      alg-none           not closed             by the target; we leave
      alg-confusion      not closed             by the target; we leave
      expired            answered       10 ms   HTTP 503
      not-yet-valid      closed                 1011 oops
      wrong-audience     broken         10 ms   ECONNRESET"
    `);
  });

  it('is absent where no token was tried', () => {
    expect(documentOf(good(new TimelineBuilder())).tokens).toBeNull();
    expect(tokenLines(PASSED)).toEqual([]);
  });
});
