import type { VerdictDocument } from './document-schema.ts';

/** One line of the platform's verification checklists, answered from outside. */
export type CheckedItem = {
  readonly item: string;
  readonly state: 'kept' | 'broken' | 'not visible from outside';
  /** What the answer rests on, or what would have to be asked. */
  readonly because: string;
};

type Document = Pick<VerdictDocument, 'ladder' | 'rulings' | 'cause' | 'events' | 'notes' | 'outcome'>;

/** Answers the checklists that an incident review asks of a deployment; a run that never got so far leaves its items unanswered, not kept. */
export function checklist(document: Document, authMode: string): readonly CheckedItem[] {
  const rung = (name: string, item: string): CheckedItem => {
    const found = document.ladder.find((one) => one.rung === name);
    if (found === undefined) return unseen(item, `the run did not get as far as ${name}`);
    return { item, state: found.ok ? 'kept' : 'broken', because: `${name}: ${found.detail}` };
  };
  const rules = (item: string, ...ids: readonly string[]): CheckedItem => {
    const found = document.rulings.filter(({ id }) => ids.includes(id));
    const broken = found.find(({ outcome }) => outcome === 'fail');
    if (broken) return { item, state: 'broken', because: `${broken.id}: ${broken.violations[0]?.actual ?? 'broken'}` };
    const open = found.find(({ outcome }) => outcome !== 'pass');
    if (open || found.length < ids.length)
      return unseen(item, open ? `${open.id}: ${open.reason ?? open.outcome}` : 'it was not judged');
    return { item, state: 'kept', because: ids.join(', ') };
  };
  return [
    rung('upgrade', 'the service starts without 503'),
    secret(document, authMode),
    rung('credentials', 'tokens can be obtained'),
    rung('upgrade', 'the WebSocket connects'),
    rules('the connection is established and greets', 'admission/welcomed'),
    rules('the connection stays up', 'liveness/answers-pings', 'closure/clean'),
    rules('all five events are delivered', 'lifecycle/all-five'),
    rules('progress is visible in real time', 'promptness/first-event', 'promptness/gap'),
    rules('events come in sequence', 'lifecycle/started-first', 'lifecycle/in-order', 'lifecycle/completed-last'),
    rules('events come in time', 'promptness/total', 'promptness/tool'),
    rules('delivery takes less than 2 s', 'promptness/delivery'),
    rules('nothing is lost or delivered twice', 'lifecycle/all-five', 'wire/no-duplicates'),
    rules(
      'the whole chat flow works: login, agent, response',
      'admission/welcomed',
      'lifecycle/completed-successfully',
    ),
    isolation(document, rules('events reach only the user they are for', 'identity/own-user', 'identity/own-run')),
    unseen(
      'the server retries delivery to a user without a connection',
      'its retries leave no trace on a socket; race searches provoke them',
    ),
    unseen('metrics and alerts are collected', 'the target publishes none that a client can read'),
  ];
}

function unseen(item: string, because: string): CheckedItem {
  return { item, state: 'not visible from outside', because };
}

function secret(document: Document, authMode: string): CheckedItem {
  const item = 'the environment has its simulation secret';
  if (authMode !== 'simulate') return unseen(item, `tokens came by ${authMode}; only simulate asks for it`);
  if (document.cause === 'simulation-not-configured')
    return { item, state: 'broken', because: 'the auth service says that it is not configured' };
  const found = document.ladder.find(({ rung }) => rung === 'credentials');
  return found?.ok ? { item, state: 'kept', because: found.detail } : unseen(item, 'no token was exchanged');
}

/** One user alone shows nothing about isolation. */
function isolation(document: Document, judged: CheckedItem): CheckedItem {
  const users = new Set(document.events.map(({ session }) => session));
  return judged.state === 'kept' && users.size < 2 ? unseen(judged.item, 'only one user asked') : judged;
}
