import { type EmbeddedTarget, startTarget, type TargetOptions } from '../../fixtures/target/embedded-target.ts';
import { listFaults } from '../../fixtures/target/faults.ts';
import { INCIDENTS } from '../../fixtures/target/incidents.ts';

/** The one door from the harness to its fixtures: the embedded target in a thread of its own, and the list of its faults, and what really happened that they reproduce. */
export const local = { start: startTarget, faults: listFaults, incidents: INCIDENTS };

export type { EmbeddedTarget, TargetOptions };
