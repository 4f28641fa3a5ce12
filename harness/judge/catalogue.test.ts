import { describe, expect, it } from 'vitest';
import { ALL_RULES, CATALOGUE, ruleNamed } from './catalogue.ts';
import { levelOf, type Rule } from './rule.ts';
import { rules } from './rules.ts';

describe('the catalogue', () => {
  it('holds these promises', () => {
    expect(CATALOGUE.map(({ id, statement }) => `${id}: ${statement}`)).toMatchInlineSnapshot(`
      [
        "admission/welcomed: MUST welcome every connection before its first agent event",
        "lifecycle/all-five: MUST deliver all five agent events of every run",
        "lifecycle/started-first: MUST begin every run with agent_started",
        "lifecycle/in-order: MUST deliver the first of each agent event in the order of the five",
        "lifecycle/completed-last: MUST end every run with agent_completed",
        "lifecycle/completed-successfully: MUST complete every run successfully, by the agent itself",
        "tools/paired: MUST end every tool call that it begins, and begin every one that it ends",
        "identity/own-user: MUST deliver to a user only what belongs to that user",
        "identity/own-run: MUST deliver to a question only the events of its own run",
        "wire/decodes: MUST send only frames that read as messages of the protocol",
        "wire/no-duplicates: MUST deliver no event twice, unless it says that it is a retry or recovered",
        "payload/tool-name: MUST name the tool in every tool event",
        "payload/fields: SHOULD tell in every event what a user is shown of it",
        "promptness/connect: MUST open a connection within its max budget",
        "promptness/welcome: MUST welcome a connection within its max budget",
        "promptness/first-event: MUST deliver the first agent event within its max budget",
        "promptness/gap: MUST leave no gap between agent events over its max budget",
        "promptness/tool: MUST end every tool call within its max budget",
        "promptness/total: MUST complete every run within its max budget",
        "promptness/delivery: MUST deliver every event within its max budget after it was stamped",
        "promptness/open-to-first-event: MUST deliver the first agent event within its max budget after the connection opened",
        "liveness/answers-pings: MUST answer a ping on every connection",
        "closure/clean: SHOULD complete the closing handshake that a client begins",
      ]
    `);
  });

  it('knows the level of each by its first word', () => {
    const should = CATALOGUE.filter((rule) => levelOf(rule) === 'SHOULD').map(({ id }) => id);
    expect(should).toEqual(['payload/fields', 'closure/clean']);
    expect(CATALOGUE.filter((rule) => levelOf(rule) === 'MUST')).toHaveLength(CATALOGUE.length - 2);
  });

  it('gives each rule by its id, and nothing for another', () => {
    for (const rule of ALL_RULES) expect(ruleNamed(rule.id)).toBe(rule);
    expect(ruleNamed('lifecycle/none')).toBeNull();
  });

  it('is what suites name by theme, each rule under its own id', () => {
    const named = Object.entries(rules).flatMap(([theme, group]) =>
      Object.entries<Rule>(group).map(([name, rule]) => {
        const words = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
        expect(rule.id).toBe(`${theme}/${words}`);
        return rule;
      }),
    );
    expect(new Set(named)).toEqual(new Set(ALL_RULES));
  });
});
