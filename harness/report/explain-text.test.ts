import { describe, expect, it } from 'vitest';
import { causeText, type FaultFacts, faultText, incidentText, ruleText } from './explain-text.ts';

const fault: FaultFacts = {
  name: 'late-event',
  sentence: 'the server holds one event back for longer than a user would wait, and then delivers it after all',
  verdict: {
    outcome: 'failed',
    domain: 'application',
    cause: 'event-late',
    exit: 1,
    note: 'with a short delay: passed',
  },
  needs: 'golden-path',
  incidents: ['I22'],
  dialects: ['new', 'old'],
  variants: [
    {
      choice: 'late-event',
      needs: 'golden-path',
      dialects: ['new', 'old'],
      verdict: { outcome: 'failed', domain: 'application', cause: 'event-late', exit: 1, note: null },
    },
    {
      choice: 'late-event:delayMs=90000',
      needs: 'long-budgets',
      dialects: ['old'],
      verdict: { outcome: 'failed', domain: 'application', cause: 'run-stalled', exit: 1, note: null },
    },
  ],
  knobs: [{ name: 'delayMs', default: '3000', accepts: 'a whole number from 0 to 60000', about: 'how late' }],
};

describe('an explanation', () => {
  it('of a cause says whose, what next, and how to provoke it', () => {
    const cause = {
      domain: 'application',
      phase: 'stream',
      retry: 'new-run-only',
      sentence: 'an event came after its budget',
      hint: 'look at the gaps',
    } as const;
    expect(causeText('event-late', cause, [fault])).toMatchInlineSnapshot(`
      "event-late: a cause

        means       an event came after its budget
        whose       application, unless the evidence says otherwise (exit 1)
        strikes     usually at stream
        retry       only as a new run: the agent may have worked
        next        look at the gaps
        provoke     late-event: the server holds one event back for longer than a user
                    would wait, and then delivers it after all
                    npx agent-events target --fault late-event
        then        npx agent-events smoke --url ws://127.0.0.1:8000/ws
      "
    `);
    expect(causeText('clock-skew', { ...cause, domain: 'harness', retry: 'never' }, [fault])).toMatchInlineSnapshot(`
      "clock-skew: a cause

        means       an event came after its budget
        whose       harness, unless the evidence says otherwise (exit 3)
        strikes     usually at stream
        retry       never: the same would happen again
        next        look at the gaps
        provoke     no fault of the embedded target does
      "
    `);
  });

  it('of a rule says what it asks, why, and what its breaking is called', () => {
    const rule = {
      id: 'promptness/gap',
      statement: 'MUST stay within the gap budget',
      because: 'silence looks dead',
    } as const;
    expect(ruleText(rule, [fault], ['event-late', 'run-stalled'])).toMatchInlineSnapshot(`
      "promptness/gap: a rule

        asks        MUST stay within the gap budget
        because     silence looks dead
        if broken   event-late
                    run-stalled
        provoke     npx agent-events target --fault late-event
      "
    `);
  });

  it('of a fault says what it does, the verdict, and its knobs', () => {
    expect(faultText(fault)).toMatchInlineSnapshot(`
      "late-event: a fault

        does        the server holds one event back for longer than a user would wait,
                    and then delivers it after all
        verdict     failed (application, event-late), exit 1
        but         with a short delay: passed
        variants    late-event:delayMs=90000: failed run-stalled, exit 1 in old (needs
                    long-budgets)
        reproduces  I22
        knobs       delayMs=3000: how late (a whole number from 0 to 60000)
        provoke     npx agent-events target --fault late-event
        then        npx agent-events smoke --url ws://127.0.0.1:8000/ws
      "
    `);
    expect(
      faultText({
        ...fault,
        verdict: { outcome: 'passed', domain: null, cause: null, exit: 0, note: null },
        knobs: [],
      }),
    ).toMatchInlineSnapshot(`
      "late-event: a fault

        does        the server holds one event back for longer than a user would wait,
                    and then delivers it after all
        verdict     passed, exit 0
        variants    late-event: failed event-late, exit 1
                    late-event:delayMs=90000: failed run-stalled, exit 1 in old (needs
                    long-budgets)
        reproduces  I22
        provoke     npx agent-events target --fault late-event
        then        npx agent-events smoke --url ws://127.0.0.1:8000/ws
      "
    `);
  });

  it('of an incident says what it was, and how to provoke it', () => {
    expect(
      incidentText('I22', 'events overtake each other', [fault, { ...fault, incidents: [] }]),
    ).toMatchInlineSnapshot(`
      "I22: an incident

        was         events overtake each other
        provoke     late-event: the server holds one event back for longer than a user
                    would wait, and then delivers it after all
                    npx agent-events target --fault late-event
        then        npx agent-events smoke --url ws://127.0.0.1:8000/ws
      "
    `);
  });

  it('of a cause that only a variant provokes names the variant and what must be asked for it', () => {
    const cause = {
      domain: 'application',
      phase: 'stream',
      retry: 'never',
      sentence: 'it stops',
      hint: 'look',
    } as const;
    expect(causeText('run-stalled', cause, [fault])).toContain('--fault late-event:delayMs=90000\n');
    expect(causeText('run-stalled', cause, [fault])).toContain('(needs');
  });
});
