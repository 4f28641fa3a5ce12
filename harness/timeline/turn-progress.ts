import type { AgentEvent, EventType } from '../protocol/event.ts';
import { EVENT_TYPES } from '../protocol/event.ts';
import type { Meaning } from '../protocol/profile.ts';
import { AgentLedger } from './agent-ledger.ts';
import type { ToolPolicy } from './header.ts';
import { ToolLedger } from './tool-ledger.ts';

/**
 * How far a turn has come. `waiting`: no agent_completed yet. `complete`: nothing more is owed, it may end at once.
 * `quiet-needed`: an agent_completed came but something is open; it ends after `QUIET_MS` without an event.
 */
export type TurnState = 'waiting' | 'quiet-needed' | 'complete';

/** How long an answered turn that is not complete stays quiet before it is over (command-line clients wait 1 to 2 s). */
export const QUIET_MS = 1000;

const TOOL_TYPES: ReadonlySet<EventType> = new Set(['tool_executing', 'tool_completed']);

/** The event types that a turn owes: all five, or without tools where the scenario does not oblige them. */
export function owedTypes(tools: ToolPolicy): readonly EventType[] {
  return tools === 'required' ? EVENT_TYPES : EVENT_TYPES.filter((type) => !TOOL_TYPES.has(type));
}

/** Tells a waiting turn how far it has come, at constant cost per meaning. Feed it what arrives, in order. */
export class TurnProgress {
  readonly #owed: Set<EventType>;
  readonly #tools = new ToolLedger<null>();
  readonly #agents = new AgentLedger();
  #completed = false;

  constructor(tools: ToolPolicy) {
    this.#owed = new Set(owedTypes(tools));
  }

  /** Takes one meaning of one frame. Only events and failed tools move it. */
  see(meaning: Meaning): void {
    if (meaning.kind === 'tool-failed') this.#tools.fail(meaning);
    if (meaning.kind === 'event') this.#enter(meaning.event);
  }

  state(): TurnState {
    if (!this.#completed) return 'waiting';
    return this.#owed.size === 0 && this.#tools.balanced && this.#agents.allDone ? 'complete' : 'quiet-needed';
  }

  /** The types that are owed and have not come, in their canonical order. */
  missing(): readonly EventType[] {
    return [...this.#owed];
  }

  #enter(event: AgentEvent): void {
    this.#owed.delete(event.type);
    switch (event.type) {
      case 'agent_started':
        this.#agents.start(event.agent);
        break;
      case 'tool_executing':
        this.#tools.begin(event, null);
        break;
      case 'tool_completed':
        this.#tools.end(event, null);
        break;
      case 'agent_completed':
        this.#completed = true;
        this.#agents.complete(event.agent);
        break;
      case 'agent_thinking':
        break;
      default:
        event.type satisfies never;
    }
  }
}
