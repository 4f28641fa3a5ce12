import type { NonEmpty } from '../../kernel/list.ts';
import { TOKEN_KINDS } from '../../timeline/token-kinds.ts';
import type { CauseCode } from '../causes.ts';

const PERMISSIVE = Object.fromEntries(
  TOKEN_KINDS.map((kind): [string, NonEmpty<CauseCode>] => [`admission/refuses-${kind}`, ['target-permissive']]),
);

/** The causes that breaking a rule can be charged to; which of several, the run decides. */
export const CHARGES: { readonly [ruleId: string]: NonEmpty<CauseCode> } = {
  'admission/welcomed': ['welcome-missing'],
  ...PERMISSIVE,
  'lifecycle/all-five': ['event-missing', 'run-silent', 'run-stalled'],
  'lifecycle/started-first': ['event-out-of-order'],
  'lifecycle/in-order': ['event-out-of-order'],
  'lifecycle/completed-last': ['event-out-of-order'],
  'lifecycle/completed-successfully': ['run-failed', 'run-faked'],
  'tools/paired': ['tool-unpaired'],
  'identity/own-user': ['cross-user'],
  'identity/own-run': ['foreign-run'],
  'wire/decodes': ['message-invalid', 'frame-invalid'],
  'wire/no-duplicates': ['event-duplicated'],
  'payload/tool-name': ['payload-invalid'],
  'payload/fields': ['payload-invalid'],
  'promptness/connect': ['connection-slow'],
  'promptness/welcome': ['event-late', 'welcome-missing'],
  'promptness/first-event': ['event-late', 'run-silent'],
  'promptness/gap': ['event-late', 'run-stalled'],
  'promptness/tool': ['event-late', 'run-stalled'],
  'promptness/total': ['event-late', 'run-stalled'],
  'promptness/delivery': ['event-late'],
  'promptness/open-to-first-event': ['event-late', 'run-silent'],
  'recovery/none-lost': ['event-missing'],
  'recovery/none-twice': ['event-duplicated'],
  'recovery/in-order': ['event-out-of-order'],
  'liveness/answers-pings': ['half-open', 'process-stalled'],
};

/** What the rules of a theme are charged to where no line above names them. */
const BY_THEME: { readonly [theme: string]: NonEmpty<CauseCode> } = {
  admission: ['target-permissive'],
  tools: ['tool-unpaired'],
  identity: ['cross-user'],
  isolation: ['cross-user'],
  wire: ['message-invalid'],
  hostile: ['closed-with-error'],
  payload: ['payload-invalid'],
  promptness: ['event-late'],
  liveness: ['half-open'],
  closure: ['closed-early'],
};

/** The causes that breaking this rule can be charged to; total over rules that are not listed. */
export function chargesOf(ruleId: string): NonEmpty<CauseCode> {
  return listed(CHARGES, ruleId) ?? listed(BY_THEME, ruleId.replace(/\/.*/, '')) ?? ['event-missing'];
}

function listed(table: typeof CHARGES, name: string): NonEmpty<CauseCode> | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/**
 * Which of several broken promises explains the others: the earlier in this list. Another's event explains a duplicate, an
 * unreadable one a missing type, a missing type the order, a repeated one a pair, a busy process whatever does not come, and a
 * slow way every late event. A ping that is lost, or comes to nobody any more once a run is over, explains nothing.
 */
export const GRAVITY: readonly CauseCode[] = [
  'cross-user',
  'target-permissive',
  'foreign-run',
  'run-faked',
  'frame-invalid',
  'welcome-missing',
  'run-failed',
  'message-invalid',
  'process-stalled',
  'run-silent',
  'run-stalled',
  'payload-invalid',
  'event-duplicated',
  'event-missing',
  'event-out-of-order',
  'tool-unpaired',
  'closed-with-error',
  'closed-early',
  'connection-slow',
  'event-late',
  'half-open',
];
