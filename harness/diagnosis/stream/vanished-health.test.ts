import { expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { answer, timeline } from '../../../fixtures/timeline-builder.ts';

const ended = () =>
  timeline().opened().welcomed().asked().event('agent_started').closed(1006, '', 'fin').settled('closed');
const silent = {
  ok: false,
  trouble: { phase: 'health', code: 'ECONNREFUSED', message: '' },
  detail: 'nobody listens',
} as const;

it('a health that finds nobody decides where no fresh connection was tried', () => {
  expect(diagnosed(ended().probe('backend-health', silent))).toMatchObject({
    cause: 'connection-lost',
    confidence: 'likely',
  });
  expect(diagnosed(ended().probe('backend-health', silent))?.summary).toContain('; afterwards nobody listens');
});

it('a health that finds nobody decides nothing beside a fresh connection that is let in', () => {
  const letIn = ended()
    .probe('backend-health', silent)
    .probe('fresh-upgrade', { answer: answer(101) });
  expect(diagnosed(letIn)).toMatchObject({ cause: 'handler-crashed', confidence: 'ambiguous' });
});
