import { describe, expect, it } from 'vitest';
import { answer } from '../../fixtures/timeline-builder.ts';
import { answeredBy, answererName } from './answered-by.ts';

const HTML = { 'content-type': 'text/html' };
const PLAIN = { 'content-type': 'text/plain; charset=utf-8' };

describe('who answered', () => {
  it.each([
    ['a marker of the application', answer(503, '', { 'x-trace-id': 't', server: 'Google Frontend' }), 'app'],
    ['a marker of its readiness gate', answer(503, '<html>', { 'x-issue-449-fix': '1' }), 'app'],
    ['JSON, whatever front end it came through', answer(503, '{"detail":"no"}', { server: 'nginx/1.25' }), 'app'],
    ['JSON by its type, cut off', answer(400, 'x', { 'content-type': 'application/problem+json' }), 'app'],
    ['a bare 403 of an ASGI server', answer(403, '', { ...PLAIN, server: 'nginx' }), 'server'],
    ['its 404', answer(404, 'Not Found', PLAIN), 'server'],
    ['its 500', answer(500, 'Internal Server Error', PLAIN), 'server'],
    ['a page of nginx', answer(502, '<html><center>nginx/1.25.3</center>', HTML), 'edge'],
    ['Envoy without an upstream', answer(503, 'no healthy upstream', PLAIN), 'edge'],
    [
      'Envoy with a broken one',
      answer(503, 'upstream connect error or disconnect/reset before headers', PLAIN),
      'edge',
    ],
    ['the Google front end', answer(502, '<h1>Error: Server Error</h1><h2>The server encountered', HTML), 'edge'],
    ['an AWS load balancer by its name', answer(503, '', { server: 'awselb/2.0' }), 'edge'],
    ['any other page', answer(403, '<!doctype html>', {}), 'edge'],
    [
      'IAM of Cloud Run',
      answer(403, 'Your client does not have permission to get URL /ws from this server.', HTML),
      'platform',
    ],
    ['the autoscaler of Cloud Run', answer(429, 'Rate exceeded.', PLAIN), 'platform'],
    ['something that speaks HTTP', answer(418, 'short and stout', PLAIN), 'server'],
    ['nothing but a status', answer(404), 'server'],
    ['a 403 with words of its own', answer(403, 'no', PLAIN), 'server'],
  ])('%s', (_title, given, expected) => {
    expect(answeredBy(given)).toBe(expected);
  });

  it.each([
    ['nginx', answer(502, '<center>nginx', { server: 'nginx/1.25 (Ubuntu)' })],
    ['app', answer(503, '{}', { server: 'Google Frontend' })],
    ['nginx', answer(502, '<center>nginx', { server: 'nginx (Ubuntu)' })],
    ['nginx', answer(502, '<center>nginx', { server: 'nginx;\nx' })],
    ['server', answer(404)],
    ['Google Frontend', answer(502, '<h1>Error: Server Error</h1>', { server: 'Google Frontend' })],
    ['platform', answer(429, 'Rate exceeded.', { server: 'Google Frontend' })],
  ])('is called %s in sentences', (name, given) => {
    expect(answererName(given)).toBe(name);
  });
});
