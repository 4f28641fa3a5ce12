import { z } from 'zod';
import { LEGS } from '../timeline/header.ts';

/** Readers ignore fields that they do not know. */
const HISTORY_SCHEMA = 'agent-event-harness/history@1';

const entry = z.object({
  schema: z.literal(HISTORY_SCHEMA),
  at: z.string().nullable(),
  environment: z.string().nullable(),
  scenario: z.string().nullable(),
  outcome: z.enum(['passed', 'failed', 'blocked', 'unproven']),
  domain: z.enum(['infrastructure', 'application', 'harness']).nullable(),
  cause: z.string().nullable(),
  flaky: z.boolean(),
  attempts: z.number(),
  traceId: z.string().nullable(),
  revision: z.string().nullable(),
  legs: z.partialRecord(z.enum(LEGS), z.number()),
  timeline: z.string().nullable(),
});

/** One verdict in the history: what it was and how long each measured leg took, in milliseconds. */
export type HistoryEntry = z.infer<typeof entry>;

/** The entries of a history, oldest first; `unreadable` counts lines that are none (a torn last line, a newer version). */
export function readHistory(text: string): { readonly entries: readonly HistoryEntry[]; readonly unreadable: number } {
  const entries: HistoryEntry[] = [];
  let unreadable = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const read = entry.safeParse(parsed(line));
    if (read.success) entries.push(read.data);
    else unreadable += 1;
  }
  return { entries, unreadable };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
