import { describe, expect, it } from 'vitest';
import { timeline } from '../../fixtures/timeline-builder.ts';
import { bare, socketPlace, spanOf } from './place.ts';

describe('a place in a sentence', () => {
  it.each([
    ['wss://a.example/ws', 'wss://a.example/ws'],
    ['wss://a.example/ws?token=secret', 'wss://a.example/ws'],
    ['wss://a.example/ws#secret', 'wss://a.example/ws'],
    ['wss://a.example/ws?a=b\nsecret', 'wss://a.example/ws'],
    ['https://somebody:secret@a.example/auth?x#y', 'https://a.example/auth'],
    ['https://somebody@a.example', 'https://a.example'],
    ['https://@a.example', 'https://a.example'],
    ['https://a.example/@somebody', 'https://a.example/@somebody'],
  ])('is %j without anything that may be secret', (url, place) => {
    expect(bare(url)).toBe(place);
  });

  it('is that of the socket', () => {
    expect(socketPlace(timeline().run())).toBe('ws://127.0.0.1:4000/ws');
  });
});

describe('a stretch of time in a sentence', () => {
  it.each([
    [0.4, '0 ms'],
    [1500.5, '1501 ms'],
    [9999, '9999 ms'],
    [10_000, '10.0 s'],
    [61_240, '61.2 s'],
  ])('is %f as %s', (ms, words) => {
    expect(spanOf(ms)).toBe(words);
  });
});
