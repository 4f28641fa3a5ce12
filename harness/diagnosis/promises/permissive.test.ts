import { expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { timeline } from '../../../fixtures/timeline-builder.ts';
import { REFUSALS } from '../../judge/rules/refusals.ts';
import { WATCH_MS } from '../../judge/token-fate.ts';
import { tokenSession } from '../../timeline/token-kinds.ts';

const stays = () => timeline().opened().welcomed().wait(WATCH_MS).left();
const expired = () => stays().on(tokenSession('expired'), 'probe').opened().welcomed().wait(WATCH_MS).left();
const summaryOf = (built: ReturnType<typeof stays>) =>
  diagnosed(built.with({ rules: REFUSALS.map(({ id }) => id) }))?.summary;

it('counts the tokens that were tried, and no others', () => {
  expect(summaryOf(expired())).toContain('let in 1 of 1 tokens');
  expect(summaryOf(expired().on(tokenSession('garbage'), 'probe'))).toContain('let in 1 of 1 tokens');
  expect(summaryOf(expired().on(tokenSession('garbage'), 'probe').refused(401))).toContain('let in 1 of 2 tokens');
});
