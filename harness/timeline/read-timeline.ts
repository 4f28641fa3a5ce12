import type { Header } from './header.ts';
import type { Observation, SightingKind } from './observation.ts';
import { HEADER, OBSERVATION } from './schema.ts';

/** A stored timeline as far as it could be read. `remarks`: what was skipped and why, never quoting the text. */
export type ReadTimeline =
  | {
      readonly ok: true;
      readonly header: Header;
      readonly observations: readonly Observation[];
      readonly remarks: readonly string[];
      /** What is certainly missing: lines that could not be read, and numbers that are skipped. Empty for a whole file. */
      readonly losses: readonly string[];
    }
  | { readonly ok: false; readonly problem: string; readonly hint: string };

const SCHEMA = /^agent-event-harness\/timeline@(\d+)(?:\.\d+)*$/;
const KINDS: ReadonlySet<string> = new Set<SightingKind>(OBSERVATION.options.map((option) => option.shape.kind.value));
const HINT = 'give the timeline.jsonl of a run, the whole file from its first line';

/** Reads JSON Lines as far as they go: a cut end, unreadable lines, unknown kinds and newer versions become remarks. */
export function readTimeline(text: string): ReadTimeline {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0) return { ok: false, problem: 'the timeline is empty', hint: HINT };
  const head = headerOf(parsed(lines[first] ?? ''), first + 1);
  if (!head.ok) return head;

  const remarks = [...head.remarks];
  const tally = new Tally();
  const lost = new Tally();
  const cut: string[] = [];
  const lose = (what: string, line: number): void => {
    lost.count(what, line);
    tally.count(what, line);
  };
  const observations: Observation[] = [];
  const last = lines.findLastIndex((line) => line.trim() !== '');
  for (let at = first + 1; at <= last; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    const value = parsed(line);
    if (value === undefined) {
      // A writer that was killed leaves its last line without a line end.
      if (at === last && at === lines.length - 1) {
        remarks.push(`line ${at + 1} is cut off: the recording ended there`);
        cut.push('its last line is cut off');
      } else lose('not JSON', at + 1);
    } else if (kindOf(value) === 'header') {
      remarks.push(`a second timeline begins in line ${at + 1}: only the first is read`);
      break;
    } else {
      const read = OBSERVATION.safeParse(value);
      if (read.success) {
        observations.push(read.data);
        for (const name of extraNames(value, read.data)) tally.count(`an unknown field "${name}", ignored`, at + 1);
      } else lose(complaintAbout(value), at + 1);
    }
  }
  const losses = [...cut, ...lost.remarks(), ...skippedNumbers(observations)];
  return {
    ok: true,
    header: head.header,
    observations,
    remarks: [...remarks, ...tally.remarks()],
    losses,
  };
}

function skippedNumbers(observations: readonly Observation[]): readonly string[] {
  const skipped = observations.filter((seen, index) => seen.seq !== (observations[index - 1]?.seq ?? -1) + 1);
  const [first] = skipped;
  if (first === undefined) return [];
  return [
    `observations are missing before number ${first.seq}${skipped.length > 1 ? ` and in ${skipped.length - 1} more places` : ''}`,
  ];
}

type Head = Extract<ReadTimeline, { ok: false }> | { ok: true; header: Header; remarks: readonly string[] };

function headerOf(value: unknown, line: number): Head {
  if (kindOf(value) !== 'header') return { ok: false, problem: `line ${line} is no timeline header`, hint: HINT };
  const read = HEADER.safeParse(value);
  const schema = textIn(value, 'schema');
  const version = SCHEMA.exec(schema ?? '')?.[1];
  if (version === undefined)
    return { ok: false, problem: 'the header names no timeline schema of this harness', hint: HINT };
  const newer = Number(version) > 1;
  if (!read.success) {
    const names = [...new Set(read.error.issues.map((issue) => issue.path.join('.') || 'header'))].join(', ');
    const hint = newer ? 'judge it with a harness of the version that wrote it' : HINT;
    return { ok: false, problem: `the header cannot be read: ${names}`, hint };
  }
  const remarks = newer ? [`the timeline was written as version ${version}, newer than 1: read as far as it goes`] : [];
  const extra = extraNames(value, { kind: 'header', ...read.data }).map(
    (name) => `the header has an unknown field "${name}", ignored`,
  );
  return { ok: true, header: read.data, remarks: [...remarks, ...extra] };
}

function complaintAbout(value: unknown): string {
  const kind = kindOf(value);
  if (kind === null) return 'no observation';
  return KINDS.has(kind) ? `an unreadable observation "${kind}"` : `an observation of the unknown kind "${kind}"`;
}

/** Counts what is skipped, so that a thousand lines of one newer kind are one remark. */
class Tally {
  readonly #counts = new Map<string, { line: number; times: number }>();

  count(what: string, line: number): void {
    const known = this.#counts.get(what) ?? { line, times: 0 };
    known.times += 1;
    this.#counts.set(what, known);
  }

  remarks(): readonly string[] {
    return [...this.#counts].map(([what, { line, times }]) =>
      times === 1 ? `line ${line}: ${what}` : `line ${line} and ${times - 1} more: ${what}`,
    );
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function kindOf(value: unknown): string | null {
  return textIn(value, 'kind');
}

function textIn(value: unknown, name: string): string | null {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : null;
  return typeof found === 'string' ? found : null;
}

function extraNames(value: unknown, read: object): readonly string[] {
  return Object.keys(value ?? {}).filter((name) => !Object.hasOwn(read, name));
}
