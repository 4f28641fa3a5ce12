import { describe, expect, it } from 'vitest';
import { BLOCKED, FAILED, PASSED, UNPROVEN } from '../../fixtures/verdict-documents.ts';
import { junitXml } from './junit.ts';

type Element = {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  text: string;
  readonly children: Element[];
};

/** A strict reader of the XML that a report may be made of; throws at the first character that is out of place. */
function parsed(xml: string): Element {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!xml.startsWith(declaration)) throw new Error('no declaration');
  const top: Element = { name: '', attributes: {}, text: '', children: [] };
  const open = [top];
  const tag = /<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)/y;
  tag.lastIndex = declaration.length;
  while (tag.lastIndex < xml.length) {
    const from = tag.lastIndex;
    const match = tag.exec(xml);
    const parent = open.at(-1);
    if (match === null || parent === undefined) throw new Error(`not XML at ${from}: ${xml.slice(from, from + 40)}`);
    const [, end, name = '', attributes = '', empty, text] = match;
    if (text !== undefined) parent.text += decoded(text);
    else if (end) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes what is not open`);
    } else {
      const pairs = [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
        key,
        decoded(value),
      ]);
      const element: Element = { name, attributes: Object.fromEntries(pairs), text: '', children: [] };
      parent.children.push(element);
      if (!empty) open.push(element);
    }
  }
  const [root] = top.children;
  if (root === undefined || open.length !== 1 || top.children.length !== 1) throw new Error('not one closed root');
  return root;
}

function decoded(text: string): string {
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text))
    throw new Error('a character that XML cannot hold');
  const named: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replaceAll(/&(?:#(\d+)|(\w+)|);?/g, (whole, code: string | undefined, name: string | undefined) => {
    const character = code === undefined ? named[name ?? ''] : String.fromCodePoint(Number(code));
    if (character === undefined || !whole.endsWith(';')) throw new Error(`${whole} stands for nothing`);
    return character;
  });
}

function cases(xml: string) {
  return parsed(xml).children[0]?.children.filter((it) => it.name === 'testcase') ?? [];
}

/** Which test cases are not plainly green: name, element, type. */
function marks(xml: string) {
  return cases(xml).flatMap((it) =>
    it.children.map((child) => [it.attributes.name, child.name, child.attributes.type ?? null]),
  );
}

const FIVE = 'lifecycle/all-five: MUST deliver each of the five events of the run';

describe('the JUnit report', () => {
  it('has a case for each rung and each ruling', () => {
    expect(cases(junitXml(PASSED)).map((it) => it.attributes.name)).toEqual([
      'configuration',
      'dns',
      FIVE,
      'promptness/delivery: MUST deliver within the delivery budget',
    ]);
  });

  it('calls the application’s fault a failure, with the cause as its type', () => {
    const xml = junitXml(FAILED);
    expect(marks(xml)).toContainEqual([FIVE, 'failure', 'event-missing']);
    expect(parsed(xml).attributes).toMatchObject({ tests: '4', failures: '1', errors: '0', skipped: '1' });
  });

  it('calls the platform’s fault an error, at the rung that broke', () => {
    expect(marks(junitXml(BLOCKED))).toEqual([
      ['upgrade', 'error', 'service-unavailable'],
      [FIVE, 'skipped', null],
    ]);
  });

  it('calls our own fault an error even where no rung and no ruling shows it', () => {
    const xml = junitXml(UNPROVEN);
    expect(marks(xml)).toContainEqual(['verdict', 'error', 'harness-stalled']);
    expect(parsed(xml).attributes).toMatchObject({ failures: '0', errors: '1' });
  });

  it('is never empty', () => {
    expect(marks(junitXml({ ...UNPROVEN, ladder: [], rulings: [] }))).toEqual([
      ['verdict', 'error', 'harness-stalled'],
    ]);
    expect(cases(junitXml({ ...PASSED, ladder: [], rulings: [] }))).toHaveLength(1);
  });

  it('keeps a lying health check and a broken SHOULD green, and tells of both', () => {
    const ladder = [{ rung: 'health', ok: false, tookMs: 1, detail: 'HTTP 500' } as const];
    const rulings = FAILED.rulings.map((it) => ({ ...it, level: 'SHOULD' as const }));
    const xml = junitXml({ ...PASSED, ladder, rulings });
    expect(marks(xml).map(([name, element]) => [name, element])).toEqual([
      ['health', 'system-out'],
      [FIVE, 'system-out'],
      ['promptness/delivery: MUST deliver within the delivery budget', 'skipped'],
    ]);
  });

  it.each([PASSED, FAILED, BLOCKED, UNPROVEN])('is well-formed and names the verdict ($outcome)', (document) => {
    const properties = parsed(junitXml(document)).children[0]?.children[0]?.children.map((it) => it.attributes) ?? [];
    expect(properties).toContainEqual({ name: 'outcome', value: document.outcome });
  });

  it('survives whatever a target writes', () => {
    const hostile = '<![CDATA[ ]]> & "quoted" \'a\' \u0000\u0008\u001b[2J \ud800 \ufffe 😀\r\n\t]]>';
    const rulings = FAILED.rulings.map((it) => ({
      ...it,
      violations: [{ expected: hostile, actual: hostile, at: [1] }],
    }));
    const [failure] = cases(junitXml({ ...FAILED, rulings, scenario: hostile, revision: hostile })).flatMap(
      (it) => it.children,
    );
    expect(failure?.attributes.message).toContain(
      '<![CDATA[ ]]> & "quoted" \'a\' \ufffd\ufffd\ufffd[2J \ufffd \ufffd 😀\r\n\t]]>',
    );
  });

  it('shows twenty violations of a rule, and counts the others', () => {
    const violations = Array.from({ length: 100 }, (_, n) => ({ expected: `e${n}`, actual: 'a', at: [n] }));
    const rulings = FAILED.rulings.slice(0, 1).map((it) => ({ ...it, violations }));
    const xml = junitXml({ ...FAILED, rulings });
    expect(xml.match(/expected e\d+&#10;/g)).toHaveLength(20);
    expect(xml).toContain('&#10;and 80 more</failure>');
  });
});
