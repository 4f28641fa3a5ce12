import { describe, expect, it } from 'vitest';
import { derivedRun, says } from '../../fixtures/client-derived.ts';
import { timeline } from '../../fixtures/timeline-builder.ts';
import { fineStamp } from './fine-stamp.ts';

const asked = () => timeline().opened().welcomed().asked();

describe('a stamp can tell a delay', () => {
  const stamp = { timestamp: 1767225600500 };
  const stamps = (fields: { readonly [name: string]: unknown }) =>
    asked()
      .event('agent_thinking', fields)
      .run()
      .sessions.flatMap(({ happenings }) => happenings.map(fineStamp));

  it('where it is finer than a second, and of the first way of what the target made', () => {
    expect(stamps(stamp)).toEqual([{ atMs: 1767225600500, resolutionMs: 1 }]);
    expect(stamps({ timestamp: 1767225600 })).toEqual([null]);
    expect(stamps({})).toEqual([null]);
    expect(stamps({ ...stamp, attempt: 2 })).toEqual([null]);
    expect(stamps({ ...stamp, recovered: true })).toEqual([null]);
    const own = derivedRun(asked().note(says('agent_thinking', stamp)));
    expect(own.sessions.flatMap(({ happenings }) => happenings.map(fineStamp))).toEqual([null]);
  });
});
