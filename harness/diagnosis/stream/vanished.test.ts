import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { answer, type TimelineBuilder, timeline } from '../../../fixtures/timeline-builder.ts';

const begun = (built = timeline()) => built.opened().welcomed().asked().event('agent_started');
const ended = (built: TimelineBuilder) => built.closed(1006, '', 'fin').settled('closed');
const opens = (built: TimelineBuilder) => built.probe('fresh-upgrade', { answer: answer(101) });
const repeated = (built: TimelineBuilder) => built.on('repetition', 'probe').opened();
const again = (built: TimelineBuilder) => repeated(built).welcomed().asked('again').event('agent_started');
const silent = { ok: false, trouble: { phase: 'health', code: 'DEADLINE', message: 'no answer' } } as const;
const unwell = { ok: false, answer: answer(503), detail: 'health answers 503' } as const;

describe('a run that lost its connection without a word', () => {
  it.each([400, 401, 403, 404, 405, 426, 302, 200, 418, 429])(
    'may have lost its server where a fresh upgrade gets %i',
    (status) => {
      const refused = { ok: false, answer: answer(status), detail: `refused with ${status}` };
      const found = diagnosed(
        ended(begun())
          .probe('backend-health', { answer: answer(200) })
          .probe('fresh-upgrade', refused),
      );
      expect(found).toMatchObject({
        cause: 'connection-lost',
        confidence: 'ambiguous',
        rivals: [{ cause: 'handler-crashed' }],
      });
      expect(found?.summary).toContain(`afterwards a fresh connection was refused with ${status}`);
    },
  );

  it.each([
    ['a health that hangs', opens(ended(begun()).probe('backend-health', silent))],
    ['no health', opens(ended(begun()))],
    [
      'a health that was as bad before',
      opens(ended(begun(timeline().probe('backend-health', unwell))).probe('backend-health', unwell)),
    ],
  ])('crashed where the request repeated ends so again, whatever %s says', (_what, built) => {
    const found = diagnosed(again(built).closed(1006, '', 'fin').settled('closed', 'again'));
    expect(found).toMatchObject({ cause: 'handler-crashed', confidence: 'likely' });
  });

  it('lost its server where health has fallen ill since', () => {
    const fallen = opens(ended(begun(timeline().probe('backend-health', { answer: answer(200) }))));
    expect(diagnosed(fallen.probe('backend-health', unwell))).toMatchObject({
      cause: 'connection-lost',
      confidence: 'likely',
    });
  });

  it.each([
    [
      'fails',
      again(opens(ended(begun()))).event('agent_completed', { status: 'failed' }),
      'ended in a run that failed',
    ],
    [
      'is closed',
      again(opens(ended(begun())))
        .closed(1011)
        .settled('closed', 'again'),
      'ended with 1011 (frame)',
    ],
    [
      'is silent',
      again(opens(ended(begun())))
        .settled('gave-up', 'again')
        .left(),
      'got no end',
    ],
    ['is not welcomed', repeated(opens(ended(begun()))).left(), 'was not welcomed'],
    ['is refused', opens(ended(begun())).on('repetition', 'probe').refused(403), 'did not open'],
  ])('is anybody’s where the repetition %s', (_how, built, words) => {
    const found = diagnosed(built);
    expect(found).toMatchObject({ cause: 'connection-lost', confidence: 'ambiguous' });
    expect(found?.summary).toContain(`ended in yet another way: it ${words}`);
  });

  it('lost it most likely where the repetition goes through', () => {
    const found = diagnosed(
      again(opens(ended(begun())))
        .event('agent_completed')
        .settled('complete', 'again')
        .left(),
    );
    expect(found).toMatchObject({ cause: 'connection-lost', confidence: 'likely' });
  });
});

it('a connection that ended before the request, where none opens any more, may have been closed', () => {
  const idle = timeline().opened().welcomed().closed(1006, '', 'fin');
  const found = diagnosed(idle.probe('fresh-upgrade', { ok: false, answer: answer(429), detail: 'refused with 429' }));
  expect(found).toMatchObject({
    cause: 'connection-lost',
    confidence: 'ambiguous',
    rivals: [{ cause: 'closed-early' }],
  });
});

describe('a connection that vanished under a request that nobody may have read', () => {
  const unread = () =>
    timeline()
      .opened()
      .welcomed()
      .note({ kind: 'asked', turn: 't1', intendedAtMs: 0 })
      .note({ kind: 'sent', text: '{"type":"chat"}' })
      .note({ kind: 'pinged' });
  const both = (built: TimelineBuilder) =>
    repeated(opens(ended(built)))
      .welcomed()
      .asked('again')
      .closed(1006, '', 'fin')
      .settled('closed', 'again');

  it('was closed early where no ping was answered after it, and the repetition ends so too', () => {
    const found = diagnosed(both(unread()));
    expect(found).toMatchObject({
      cause: 'closed-early',
      confidence: 'likely',
      rivals: [{ cause: 'connection-lost' }, { cause: 'handler-crashed' }],
    });
    expect(found?.summary).toContain('nothing shows that the request was read');
  });

  it.each([
    ['its ping was answered', unread().note({ kind: 'ponged' })],
    ['a frame came', unread().event('agent_started')],
  ])('crashed where %s', (_what, built) => {
    const found = diagnosed(both(built));
    expect(found).toMatchObject({
      cause: 'handler-crashed',
      confidence: 'likely',
      rivals: [{ cause: 'connection-lost' }],
    });
    expect(found?.summary).not.toContain('nothing shows');
  });

  it('may have been closed early where nothing was repeated', () => {
    expect(diagnosed(opens(ended(unread())))).toMatchObject({
      cause: 'closed-early',
      confidence: 'ambiguous',
      rivals: [{ cause: 'connection-lost' }, { cause: 'handler-crashed' }],
    });
  });

  it('may have been closed early or crashed where it lost its server afterwards', () => {
    const refused = { ok: false, answer: answer(503), detail: 'refused with 503' };
    expect(diagnosed(ended(unread()).probe('fresh-upgrade', refused))).toMatchObject({
      cause: 'connection-lost',
      rivals: [{ cause: 'closed-early' }, { cause: 'handler-crashed' }],
    });
  });
});
