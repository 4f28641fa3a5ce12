import { type EmbeddedTarget, startTarget, type TargetOptions } from '../../fixtures/target/embedded-target.ts';
import { listFaults } from '../../fixtures/target/faults.ts';

/** The one door from the harness to its fixtures: the embedded target in a thread of its own, and the list of its faults. */
export const local = { start: startTarget, faults: listFaults };

export type { EmbeddedTarget, TargetOptions };
