import type { Cause } from '../causes.ts';

/** What the application itself does or leaves undone. */
export const APPLICATION_CAUSES = {
  'upgrade-server-error': {
    domain: 'application',
    retry: 'before-send',
    sentence: 'the application met an error of its own while it handled the handshake',
    hint: 'read the traceback of the WebSocket route at this moment in the application log',
  },
  'welcome-missing': {
    domain: 'application',
    retry: 'new-run-only',
    sentence: 'the socket is open and alive, but the target never says that the connection is established',
    hint: 'see where the connect handler hangs between accept and its first message (authentication, database, readiness)',
  },
  'run-silent': {
    domain: 'application',
    retry: 'new-run-only',
    sentence: 'the request went out on a living connection and not one agent event came back',
    hint: 'see whether the request reached a handler, and whether the event bridge knows the connection of this user',
  },
  'run-stalled': {
    domain: 'application',
    retry: 'new-run-only',
    sentence: 'the events of the run began and stopped before its end, with the socket open',
    hint: 'follow the run in the application log from its last event on: what does the agent wait for?',
  },
  'event-missing': {
    domain: 'application',
    retry: 'new-run-only',
    sentence: 'an event that every run owes its user never came',
    hint: 'see whether the application emits it at all, then whether it was sent before the connection was known',
  },
  'event-out-of-order': {
    domain: 'application',
    retry: 'new-run-only',
    sentence: 'the events came in an order that the work cannot have had',
    hint: 'see whether several tasks emit for one run without a queue between them',
  },
  'event-duplicated': {
    domain: 'application',
    retry: 'new-run-only',
    sentence: 'the same event came more than once without saying that it is a repetition',
    hint: 'look for two emitters of one event, or a retry that goes on after success',
  },
  'event-late': {
    domain: 'application',
    retry: 'new-run-only',
    sentence: 'an event came, but after its budget',
    hint: 'see what the run did in that time; if the time is right for this environment, raise the budget with --budget',
  },
  'tool-unpaired': {
    domain: 'application',
    retry: 'new-run-only',
    sentence: 'a tool call began without ending, or ended without beginning',
    hint: 'look at the error path of the tool: it has to report completion too',
  },
  'run-faked': {
    domain: 'application',
    retry: 'new-run-only',
    sentence: 'a fallback answered in place of the agent',
    hint: 'see which service the fallback stands in for, and why it did not start',
  },
  'run-failed': {
    domain: 'application',
    retry: 'new-run-only',
    sentence: 'the run says itself that it failed',
    hint: 'read the application log of this run; the error message above is its own',
  },
  'foreign-run': {
    domain: 'application',
    retry: 'new-run-only',
    sentence: 'an event of another run of the same user came into this one',
    hint: 'see how events are routed: by user alone, where the run has to decide too',
  },
  'cross-user': {
    domain: 'application',
    retry: 'never',
    sentence: "another user's event, id or text came in on this user's socket",
    hint: 'treat it as a data leak: stop the roll-out and look for state that two users share (singletons, broadcast, a cached connection)',
  },
  'payload-invalid': {
    domain: 'application',
    retry: 'new-run-only',
    sentence: 'an event lacks a field that its reader needs, or has a wrong one',
    hint: 'compare the event with the schema of its emitter; a renamed field is the usual reason',
  },
  'message-invalid': {
    domain: 'application',
    retry: 'never',
    sentence: 'a message came that is not one of this protocol: not JSON, or binary',
    hint: 'look for a value that the serialiser of the application cannot write',
  },
  'frame-invalid': {
    domain: 'application',
    retry: 'never',
    sentence: 'a frame came that no WebSocket endpoint may send',
    hint: 'check the WebSocket library of the server, and compression or rewriting by a middlebox',
  },
  'closed-early': {
    domain: 'application',
    retry: 'new-run-only',
    sentence: 'the application closed the connection in good order before the work was done',
    hint: 'find out why the connect handler ends (its clean-up path) while a run is under way',
  },
  'closed-with-error': {
    domain: 'application',
    retry: 'new-run-only',
    sentence: 'the application closed the connection with an error code before the work was done',
    hint: 'read the application log for the code and reason above',
  },
  'handler-crashed': {
    domain: 'application',
    retry: 'new-run-only',
    sentence: 'the connection ended without a word in the middle of a run, again and again, while the service lives',
    hint: 'look for an uncaught exception of the WebSocket handler at this moment in the application log',
  },
  'process-stalled': {
    domain: 'application',
    retry: 'new-run-only',
    sentence: 'the server process holds its connections and answers nothing at all',
    hint: 'look for a blocking call in the event loop, or a CPU or memory limit that starves the process',
  },
  'target-permissive': {
    domain: 'application',
    retry: 'never',
    sentence: 'the target let a token in that it has to refuse',
    hint: 'check the authentication level of the environment (DEMO_MODE, permissive modes, test headers)',
  },
} as const satisfies { readonly [code: string]: Cause };
